"""A unit that is cut off does its day in one workbook, which goes out filled and comes back."""

"""What stands in a workbook of a day, how it is written, and how it is read again."""

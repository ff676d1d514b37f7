"""The pages of the workbooks: a day, a unit, one that came back."""

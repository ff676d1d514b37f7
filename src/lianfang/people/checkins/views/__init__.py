"""Screens of check-ins: the phone, the clerk's grid, the readings of a day."""

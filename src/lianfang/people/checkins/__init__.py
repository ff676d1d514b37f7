"""Daily readings: ten seconds on a phone, by the clerk for those without one, or by a program."""

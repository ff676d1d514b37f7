"""How the board is worked out: columns, tints and signs, the line of the day, bridges, curves."""

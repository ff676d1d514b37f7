"""Loops: what somebody owes by a time and somebody else must see done, and the clock behind."""

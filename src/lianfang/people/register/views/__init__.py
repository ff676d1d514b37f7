"""Screens of the register of people."""

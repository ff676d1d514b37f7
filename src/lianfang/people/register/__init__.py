"""Persons: staff and people on site, where they are, and their epidemiological history."""

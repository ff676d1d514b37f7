"""Filters of the check-in pages."""

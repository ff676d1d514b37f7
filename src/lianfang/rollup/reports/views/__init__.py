"""Screens of the daily report and of the bulletin."""

"""Screens of units, sites, users and tokens."""

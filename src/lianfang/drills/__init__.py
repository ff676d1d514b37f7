"""Rehearsals: a scenario played through the real services."""

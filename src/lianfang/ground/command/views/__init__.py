"""Screens of the command structure."""

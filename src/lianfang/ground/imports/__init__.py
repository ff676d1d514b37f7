"""Bringing in spreadsheets on the screen: upload, preview, confirmation, result."""

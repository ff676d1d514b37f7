"""Printed papers: what is told goes in as data, a page or a picture comes out."""

"""Briefings (简报): what the group office tells in words, in an issue of its own."""

"""The demo: a fictional group lives through five days, and the visitor takes any post in it."""

"""A fictional group, its people and its five days; the same on every machine."""

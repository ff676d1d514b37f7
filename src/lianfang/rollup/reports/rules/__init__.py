"""What makes a report sound, in which state it is, and how the bulletin is put together."""

"""The commands, one module each: `add` offers it, `run…` does it."""

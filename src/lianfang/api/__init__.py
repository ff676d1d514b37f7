"""The door for other programs: tokens, errors, OpenAPI."""

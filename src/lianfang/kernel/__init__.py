"""Plain Python that every floor shares."""

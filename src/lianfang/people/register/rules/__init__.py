"""What the register means by its words, and what its spreadsheets look like."""

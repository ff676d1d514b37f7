"""Who has to put his name under a paper, in which order: each step owed, taken, and kept."""

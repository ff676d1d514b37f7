"""How long the common things take, beside what the machine can do at all in the same run."""

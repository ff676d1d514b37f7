"""What the chain of seals proves, and the words in which the trail is told."""

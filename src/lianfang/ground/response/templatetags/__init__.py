"""What templates ask of the policy."""

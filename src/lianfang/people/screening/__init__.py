"""The policy status of each person: may enter, check first, not now, or unknown, and why."""

"""The whole picture at a glance: who has reported, how each company stands, what is open."""

"""Reading and sealing the trail; who looked at me."""

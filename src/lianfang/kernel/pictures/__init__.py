"""Photos from telephones: opened in a process of their own and drawn anew, small and upright."""

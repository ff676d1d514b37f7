"""The epidemic response in force: its level, phases and campaigns, and its policy pack."""

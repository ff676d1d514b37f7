"""Pure rules of command: seats, dated rows, what is missing, the words of an appointment paper."""

"""What is done: the work of the response; each app a neighbour that does not know the others."""

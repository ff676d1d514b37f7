"""Pure rules of liaison: how somebody was in touch, and who was not for too long."""

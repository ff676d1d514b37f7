"""Daily reports of the units and the group's afternoon bulletin, derived from the facts."""

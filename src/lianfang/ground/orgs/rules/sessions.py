"""How long somebody stays signed in."""


def ended(since: float, seen: float, now: float, idle: float, lifetime: float) -> bool:
    """Tell whether a session is over, all in seconds: unused for too long, or too old in all."""
    return now - seen > idle or now - since > lifetime

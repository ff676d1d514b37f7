"""How long somebody stays signed in."""


def ended(since: float, seen: float, now: float, idle: float, lifetime: float) -> bool:
    """Tell whether a session is over, all in seconds: unused for too long, or too old in all."""
    return now - seen > idle or now - since > lifetime


#: So many wrong passwords for one name, from wherever, cost nothing but the lock of their address.
FREE_FAILURES = 10
FIRST_DELAY, LONGEST_DELAY = 0.25, 4.0


def delay_of(failures: int) -> float:
    """Return how many seconds the next try for a name waits after so many that failed.

    It doubles and is never a refusal: whoever guesses from many addresses is slowed down, and the
    owner of the name gets in all the same.
    """
    beyond = failures - FREE_FAILURES
    return 0.0 if beyond < 0 else min(FIRST_DELAY * 2 ** min(beyond, 16), LONGEST_DELAY)


def idle_minutes(guarded: object, ordinary: int, for_guarded: int) -> int:
    """Return how long a session may be unused: shorter where more can be done with it."""
    return min(ordinary, for_guarded) if guarded else ordinary

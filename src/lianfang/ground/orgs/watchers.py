"""Who wants to know at once what changed here: the register of people, notices."""

from collections.abc import Callable
from datetime import datetime

from lianfang.ground.orgs.models import HandOver, Site, Unit, User
from lianfang.kernel.actor import Actor

#: What runs inside the act that hands a site over: the actor, the site, the unit that runs it from
#: now on, and the time of the matter.
SiteWatcher = Callable[[Actor, Site, Unit, datetime], None]
#: What runs inside the act by which somebody else set a user's password.
PasswordWatcher = Callable[[Actor, User, datetime], None]

#: What runs inside the act by which somebody else took a user's second steps away.
FactorWatcher = Callable[[Actor, User, datetime], None]

#: What runs inside the act by which somebody else lends a holder's post to a deputy.
LendingWatcher = Callable[[Actor, HandOver, datetime], None]

SITES: list[SiteWatcher] = []
PASSWORDS: list[PasswordWatcher] = []
FACTORS: list[FactorWatcher] = []
LENDINGS: list[LendingWatcher] = []


def when_a_site_goes_over(watcher: SiteWatcher) -> None:
    """Call a plain function, never an act, whenever a site goes over to another unit."""
    SITES.append(watcher)


def when_a_password_is_set(watcher: PasswordWatcher) -> None:
    """Call a plain function, never an act, whenever somebody else sets a user's password."""
    PASSWORDS.append(watcher)


def site_went_over(actor: Actor, site: Site, unit: Unit, now: datetime) -> None:
    """Tell everybody who wants to know that a site went over."""
    for watcher in SITES:
        watcher(actor, site, unit, now)


def password_set(actor: Actor, user: User, now: datetime) -> None:
    """Tell everybody who wants to know that somebody else set a user's password."""
    for watcher in PASSWORDS:
        watcher(actor, user, now)


def when_factors_are_taken(watcher: FactorWatcher) -> None:
    """Call a plain function, never an act, whenever a user's second steps are taken away."""
    FACTORS.append(watcher)


def factors_taken(actor: Actor, user: User, now: datetime) -> None:
    """Tell everybody who wants to know that a user's second steps were taken away."""
    for watcher in FACTORS:
        watcher(actor, user, now)


def when_a_post_is_lent(watcher: LendingWatcher) -> None:
    """Call a plain function, never an act, whenever somebody else lends a holder's post."""
    LENDINGS.append(watcher)


def post_lent(actor: Actor, lent: HandOver, now: datetime) -> None:
    """Tell everybody who wants to know that somebody else lent a holder's post."""
    for watcher in LENDINGS:
        watcher(actor, lent, now)

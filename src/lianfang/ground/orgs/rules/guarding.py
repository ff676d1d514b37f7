"""What a second step at sign-in guards: the acts that reveal, export, approve or administer."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from lianfang.kernel.actor import Actor, Grant

#: What opens sealed values, for the reader or for the row into which they go.
REVEAL = frozenset(
    {
        "people.reveal",
        "command.phone",
        "contacts.open",
        "daybooks.remarks",
        "joins.take_in",
        "joins.merge",
    }
)
EXPORT = frozenset({"people.export", "trail.export", "contacts.export", "daybooks.give"})
APPROVE = frozenset(
    {
        "reports.sign",
        "reports.accept",
        "reports.return",
        "signing.agree",
        "signing.return",
        "signing.record",
        "signing.instruct",
        "bulletins.check",
        "bulletins.endorse",
        "bulletins.release",
        "briefings.check",
        "briefings.release",
        "daybooks.settle",
        "response.enact",
    }
)
ADMINISTER = frozenset(
    {
        "users.create",
        "users.change",
        "users.set_password",
        "users.end_sessions",
        "users.take_factors",
        "posts.give",
        "posts.end",
        "posts.hand_over",
        "tokens.create",
        "tokens.revoke",
        "response.begin",
        "response.enact",
        "response.supplement",
        "response.lift",
        "response.end",
        "figures.adopt",
    }
)

#: Whoever may do one of these has to sign in with a second step; before, he does none of them.
GUARDED = REVEAL | EXPORT | APPROVE | ADMINISTER


def obliged(actor: Actor) -> bool:
    """Tell whether the posts that somebody holds allow an act that is guarded."""
    return any(_acts(grant) & GUARDED for grant in actor.grants)


def held_back(actor: Actor) -> Actor:
    """Return the actor as he is until his second step is set up: without the guarded acts."""
    grants = tuple(replace(grant, acts=_acts(grant) - GUARDED) for grant in actor.grants)
    return replace(actor, grants=grants)


def may_wait(asked_at: datetime | None, days: int, now: datetime) -> bool:
    """Tell whether somebody who was asked for a second step still has days to set it up."""
    return days > 0 and (asked_at is None or now < asked_at + timedelta(days=days))


def _acts(grant: Grant) -> frozenset[str]:
    """Return the acts of a user's grant; only the operator's and the clock's name none."""
    return frozenset() if grant.acts is None else grant.acts


def fingerprint(actor: Actor) -> str:
    """Return a mark that changes with the posts that somebody holds."""
    held = sorted(f"{grant.role} {grant.reach}" for grant in actor.grants)
    return hashlib.sha256("\n".join(held).encode()).hexdigest()[:16]

"""`lianfang account unlock`: let the last administrator in again who has lost his phone."""

import argparse

from django.utils.translation import gettext as _

from lianfang.config.commands.output import DONE, say, tell, wrong
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.services import take_factors
from lianfang.kernel.actor import OPERATOR


def add(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Offer the command."""
    made = words.add_parser("account", help=_("Let somebody in again who has lost his phone."))
    verbs = made.add_subparsers(metavar="unlock", required=True)
    taken = _("Take a user's second step away; he sets up a new one at the next sign-in.")
    unlock = verbs.add_parser("unlock", help=taken)
    unlock.add_argument("username", metavar="USER")
    unlock.add_argument("--reason", required=True, help=_("why; it stands in the trail"))
    unlock.add_argument("--json", action="store_true", help=_("answer as JSON"))
    unlock.set_defaults(run=run)


def run(told: argparse.Namespace) -> int:
    """Take the second steps away, end the sign-ins, and tell the user."""
    user = orgs.users(OPERATOR, "users.use").filter(username__iexact=told.username).first()
    if user is None:
        return wrong(_("There is no user called %(name)s.") % {"name": told.username})
    take_factors(OPERATOR, user, told.reason)
    if told.json:
        tell({"user": user.username})
    else:
        words = _("%(name)s signs in with the password now and sets up a new second step.")
        say(words % {"name": user.username})
    return DONE

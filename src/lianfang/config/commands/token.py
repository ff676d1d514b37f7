"""`lianfang token create`: let a program act for a unit with a post."""

import argparse

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from lianfang.config.commands.output import DONE, note, say, tell, wrong
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.rules import ROLES
from lianfang.ground.orgs.services import make_token, new_secret
from lianfang.kernel.actor import OPERATOR

LONGEST = 3660


def add(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Offer the command."""
    made = words.add_parser("token", help=_("Let a program act for a unit with a post."))
    verbs = made.add_subparsers(metavar="create", required=True)
    create = verbs.add_parser("create", help=_("Make a token; it is shown once."))
    create.add_argument("--unit", required=True, metavar="CODE")
    create.add_argument("--post", required=True, choices=[role.value for role in ROLES])
    create.add_argument("--days", type=_days, default=90, metavar="N")
    create.add_argument("--label", default="", help=_("what the token is for"))
    create.add_argument("--json", action="store_true", help=_("answer as JSON"))
    create.set_defaults(run=run)


def run(told: argparse.Namespace) -> int:
    """Make a token and show it this once, alone on the standard output."""
    unit = orgs.unit_by_code(OPERATOR, told.unit, "tokens.create")
    if unit is None:
        return wrong(_("There is no unit with the code %(code)s.") % {"code": told.unit})
    secret = new_secret()
    label = told.label[:60]
    made = make_token(OPERATOR, unit, told.post, secret, days=told.days, label=label)
    if told.json:
        until = localtime(made.expires_at).isoformat(timespec="seconds")
        tell({"token": secret, "unit": unit.code, "post": told.post, "expires_at": until})
        return DONE
    say(secret)
    until = f"{localtime(made.expires_at):%Y-%m-%d %H:%M}"
    words = _("The token of %(unit)s as %(post)s holds until %(until)s; it is not shown again.")
    note(words % {"unit": unit, "post": told.post, "until": until})
    return DONE


def _days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= LONGEST:
        sentence = _("%(text)s is no number of days from 1 to %(most)d")
        raise argparse.ArgumentTypeError(sentence % {"text": text, "most": LONGEST})
    return int(text)

"""`lianfang setup`: the first group, its administrator, and the response that has begun."""

import argparse
import getpass
import sys
from datetime import date, datetime, time
from pathlib import Path

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from lianfang.config.commands import database
from lianfang.config.commands.output import DONE, say, tell
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.rules import Role, UnitKind
from lianfang.ground.orgs.services import UnitLine, create_user, enter_unit, give_post
from lianfang.ground.response import queries as responses
from lianfang.ground.response.services import begin_with_pack
from lianfang.ground.response.shipped import packs
from lianfang.kernel.actor import OPERATOR
from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid

NEEDED = msgid("Say %(option)s; there is nobody to ask.")
OTHER_GROUP = msgid("There is a group already, %(code)s %(name)s; leave --group out.")
NO_PACK = msgid("There is no policy pack %(code)s; there are %(packs)s.")
WITHOUT_SINCE = msgid("Say with --since on which day the response began.")
NOT_TWICE = msgid("The two passwords differ; try again.")
UNREADABLE = msgid("The password file %(file)s cannot be read (%(reason)s).")
NO_PASSWORD = msgid("The password is empty.")


def add(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Offer the command."""
    made = words.add_parser(
        "setup", help=_("Make the first group and its administrator; run it again without harm.")
    )
    made.add_argument("--group", default="", metavar="CODE", help=_("the code of the group"))
    made.add_argument("--name", default="", help=_("the full name of the group"))
    made.add_argument("--short-name", default="", help=_("what screens call the group"))
    made.add_argument("--admin", default="", metavar="USER", help=_("who signs in first"))
    made.add_argument("--admin-name", default="", help=_("the administrator's name"))
    made.add_argument(
        "--password-file", default="", metavar="FILE", help=_("the password, - for the input")
    )
    made.add_argument("--pack", default="", metavar="CODE", help=_("begin with a policy pack"))
    made.add_argument("--since", type=_day, default=None, metavar="YYYY-MM-DD")
    made.add_argument("--json", action="store_true", help=_("answer as JSON"))
    made.set_defaults(run=run)


def run(told: argparse.Namespace) -> int:
    """Do what is not done yet, and say what comes next."""
    _check(told)
    database.upgrade()
    group = _group(told)
    user = _administrator(told, group)
    response = _response(told)
    if told.json:
        tell({"group": group.code, "administrator": user.username, "response": response})
    else:
        _next(group, user, response)
    return DONE


def _check(told: argparse.Namespace) -> None:
    """Refuse before anything is done."""
    if told.pack and told.pack not in packs():
        raise BadInput(NO_PACK, code=told.pack, packs=", ".join(sorted(packs())))
    if told.pack and told.since is None:
        raise BadInput(WITHOUT_SINCE)


def _group(told: argparse.Namespace) -> Unit:
    found = orgs.group(OPERATOR)
    if found is not None:
        if told.group and told.group != found.code:
            raise BadInput(OTHER_GROUP, code=found.code, name=found.name)
        return found
    code = told.group or _ask("--group", _("Code of the group"))
    name = told.name or _ask("--name", _("Full name of the group"))
    return enter_unit(OPERATOR, None, UnitLine(code, name, UnitKind.GROUP, told.short_name))


def _administrator(told: argparse.Namespace, group: Unit) -> User:
    """Return who administers; somebody who does already keeps his password."""
    held = orgs.holders(OPERATOR, Role.ADMINISTRATOR).first()
    if held is not None and told.admin in {"", held.user.username}:
        return held.user
    name = told.admin or _ask("--admin", _("User name of the administrator"))
    user = orgs.users(OPERATOR).filter(username=name).first()
    if user is None:
        shown = told.admin_name or name
        user = create_user(OPERATOR, group, name, shown, _password(told, name, group))
    if not orgs.holders(OPERATOR, Role.ADMINISTRATOR).filter(user=user).exists():
        give_post(OPERATOR, group, user, Role.ADMINISTRATOR)
    return user


def _response(told: argparse.Namespace) -> str:
    running = responses.current(OPERATOR)
    if running is None and told.pack:
        starts = datetime.combine(told.since, time.min, get_default_timezone())
        running = begin_with_pack(OPERATOR, told.pack, starts)
    return running.code if running else ""


def _password(told: argparse.Namespace, name: str, group: Unit) -> str:
    found = _read(told.password_file) if told.password_file else _typed()
    if not found:
        raise BadInput(NO_PASSWORD)
    try:
        validate_password(found, User(username=name, name=told.admin_name or name, home=group))
    except ValidationError as weak:
        raise BadInput(" ".join(weak.messages)) from weak
    return found


def _read(file: str) -> str:
    if file == "-":
        return sys.stdin.readline().rstrip("\r\n")
    try:
        return Path(file).read_text(encoding="utf-8").splitlines()[0]
    except IndexError:
        return ""
    except (OSError, UnicodeDecodeError) as broken:
        reason = getattr(broken, "strerror", None) or type(broken).__name__
        raise BadInput(UNREADABLE, file=file, reason=reason) from broken


def _typed() -> str:
    if not sys.stdin.isatty():
        raise BadInput(NEEDED, option="--password-file")
    found = getpass.getpass(_("Password: "))
    if getpass.getpass(_("Once more: ")) != found:
        raise BadInput(NOT_TWICE)
    return found


def _ask(option: str, question: str) -> str:
    if not sys.stdin.isatty():
        raise BadInput(NEEDED, option=option)
    sys.stderr.write(f"{question}: ")
    sys.stderr.flush()
    answer = sys.stdin.readline().strip()
    return answer or _ask(option, question)


def _next(group: Unit, user: User, response: str) -> None:
    say(_("Group: %(code)s %(name)s") % {"code": group.code, "name": group.name})
    say(_("Administrator: %(user)s") % {"user": user.username})
    if response:
        say(_("Response in force: %(code)s") % {"code": response})
    else:
        say(_("No response is in force; begin one on the screen, or with --pack and --since."))
    if orgs.units(OPERATOR, "units.read").count() == 1:
        say(_("Next: `lianfang import units FILE.xlsx`, which makes the companies of the group."))
    else:
        say(_("Next: `lianfang serve`, sign in, make accounts for group office and clerks."))
    if not settings.HTTPS:
        say(_("Before people sign in from other machines, set LIANFANG_PUBLIC_URL=https://…."))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        sentence = _("%(text)s is no day; write it as 2020-01-31.") % {"text": text}
        raise argparse.ArgumentTypeError(sentence) from None

"""The letter of responsibility: its versions, and who signed which of them when (R47)."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from lianfang.ground.command.models import HEADING_LENGTH, Letter, Undertaking
from lianfang.ground.command.rules.seats import NAME_LENGTH, TITLE_LENGTH
from lianfang.ground.command.services.dated import entered, hold, short
from lianfang.ground.doors.act import act
from lianfang.ground.files import services as files
from lianfang.ground.files.intake import Received
from lianfang.ground.files.models import StoredFile
from lianfang.ground.orgs.models import Unit, User
from lianfang.kernel import tree
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict
from lianfang.kernel.texts import msgid

TEXT_LENGTH = 20_000
NO_HEADING = msgid("Give the letter a title.")
NO_TEXT = msgid("Write what is undertaken.")
FOR_THE_GROUP = msgid("The letter is issued for the whole group.")
NO_SIGNER = msgid("Say who has signed.")
BEFORE_ISSUE = msgid("This version was issued on %(day)s; it cannot have been signed before.")
NOT_YET = msgid("This is in the future.")
FORMER = msgid("This letter was issued for a response that has ended; the present one has its own.")
OLDER = msgid("There is a newer version, number %(version)s; that one is to be signed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedLine:
    """Who signed for a company, and when."""

    name: str
    signed_on: date
    title: str = ""
    user: User | None = None


@act("command.letter", tells=("heading",))
def issue_letter(actor: Actor, group: Unit, heading: str, text: str) -> Letter:
    """Issue the letter of responsibility in a new version, which every company signs anew."""
    by = entered(actor)
    if not tree.is_root(group.path):
        raise BadInput(FOR_THE_GROUP)
    title, body = short(heading, HEADING_LENGTH, "heading"), short(text, TEXT_LENGTH, "text")
    if not title:
        raise BadInput(NO_HEADING, field="heading")
    if not body:
        raise BadInput(NO_TEXT, field="text")
    hold(group)
    last = Letter.objects.filter(response=by.response).order_by("version").last()
    return Letter.objects.create(
        version=last.version + 1 if last else 1,
        heading=title,
        text=body,
        issued_on=timezone.localtime(by.now).date(),
        **by.columns,
    )


@act("command.sign")
def sign_letter(
    actor: Actor, unit: Unit, letter: Letter, told: SignedLine, received: Received | None = None
) -> Undertaking:
    """Enter that a company has signed the letter, with its photo; once more corrects it."""
    by = entered(actor)
    name = short(told.name, NAME_LENGTH, "name")
    if not name:
        raise BadInput(NO_SIGNER, field="name")
    if told.signed_on > timezone.localtime(by.now).date():
        raise BadInput(NOT_YET, field="signed_on")
    if told.signed_on < letter.issued_on:
        raise BadInput(BEFORE_ISSUE, field="signed_on", day=letter.issued_on.isoformat())
    if letter.response_id != by.response.pk:
        raise Conflict(FORMER)
    newest = Letter.objects.filter(response=by.response).order_by("version").last()
    if newest is not None and newest.version > letter.version:
        raise Conflict(OLDER, version=newest.version)
    hold(unit)
    before = Undertaking.objects.filter(letter=letter, unit=unit).order_by("recorded_at").last()
    return Undertaking.objects.create(
        unit=unit,
        letter=letter,
        name=name,
        title=short(told.title, TITLE_LENGTH, "title"),
        user=told.user,
        signed_on=told.signed_on,
        file=files.enter(actor, unit, received) if received else _sheet(before),
        via=actor.via,
        replaces=before,
        **by.columns,
    )


def _sheet(before: Undertaking | None) -> StoredFile | None:
    """Return the photo that was kept before, which a correction does not lose."""
    return before.file if before else None

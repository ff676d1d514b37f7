"""Writing, checking and issuing briefings: nobody issues what nobody else has read."""

import json
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from lianfang.ground.doors.act import act
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response.models import Response
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.naming import refuse_numbers
from lianfang.kernel.refusals import BadInput, Conflict, NotYourself
from lianfang.kernel.texts import msgid
from lianfang.rollup.briefings import queries
from lianfang.rollup.briefings.models import Briefing
from lianfang.rollup.briefings.rules.quotes import asked, by_name, freeze
from lianfang.rollup.reports import queries as reports

__all__ = ["Briefing", "Draft", "again", "check", "draft", "release", "write"]

ISSUED = msgid("This briefing was issued; a correction is a new version.")
NOT_ISSUED = msgid("This briefing is not issued yet; change its draft.")
NOT_CHECKED = msgid("Somebody else has to check the briefing before it is issued.")
OTHER_TEXT = msgid("The text has changed since you opened it; read it again first.")
MEANWHILE = msgid(
    "%(name)s has kept another text since you opened it, so yours was not kept; it still stands"
    " below. Copy what is yours, open the draft anew and put it in."
)
OTHER_VERSION = msgid("There is a newer version of this briefing; look at that one.")
OWN_DRAFT = msgid("You wrote this briefing; somebody else has to check it.")
NO_SUCH_FIGURE = msgid("There is no figure %(name)s in the daily situation; see the list beside.")
NOTHING_TO_QUOTE = msgid("No daily situation has been issued yet, so no figure can be quoted.")
NO_TITLE, NO_TEXT = msgid("Give the briefing a title."), msgid("Write the text of the briefing.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the office writes of a briefing."""

    day: date
    title: str
    body: str
    report_to: str = ""
    send_to: str = ""
    issue_to: str = ""
    copies: int | None = None


@act("briefings.draft")
def draft(actor: Actor, unit: Unit, text: Draft) -> Briefing:
    """Begin a briefing; the figures that it names are frozen from the newest daily situation."""
    response = reports.response_of(actor)
    return Briefing.objects.create(
        unit=unit, response=response, hands=[actor.who], **_told(actor, text)
    )


@act("briefings.write")
def write(actor: Actor, briefing: Briefing, text: Draft, digest: str) -> Briefing:
    """Change the draft with this digest; whoever had checked it has to read it again."""
    row = _as_read(briefing, digest, MEANWHILE)
    told = _told(actor, text)
    for name, value in told.items():
        setattr(row, name, value)
    row.hands = sorted({*row.hands, actor.who})
    row.checked_at, row.checked_by, row.checked_by_name = None, "", ""
    row.save(update_fields=[*told, "hands", "checked_at", "checked_by", "checked_by_name"])
    return row


@act("briefings.check")
def check(actor: Actor, briefing: Briefing, digest: str) -> Briefing:
    """Say that the text with this digest was read and is right; refused to all who wrote it."""
    row = _as_read(briefing, digest)
    if actor.who in row.hands:
        raise NotYourself(OWN_DRAFT)
    row.checked_at, row.checked_by = clock.now(), actor.who
    row.checked_by_name = orgs.name_of(actor)
    row.save(update_fields=["checked_at", "checked_by", "checked_by_name"])
    return row


@act("briefings.release")
def release(actor: Actor, briefing: Briefing, digest: str) -> Briefing:
    """Issue a checked briefing under the next number of its response; it is frozen from now on."""
    Response.objects.select_for_update().get(pk=briefing.response_id)
    row = _as_read(briefing, digest)
    if row.checked_at is None:
        raise Conflict(NOT_CHECKED)
    row.number, row.again = queries.number_next(actor, row)
    row.released_at, row.released_by = clock.now(), actor.who
    row.released_by_name = orgs.name_of(actor)
    row.save(update_fields=["number", "again", "released_at", "released_by", "released_by_name"])
    return row


@act("briefings.again")
def again(actor: Actor, briefing: Briefing) -> Briefing:
    """Begin a later version of an issued briefing, with its text; the issued one stays."""
    row = Briefing.objects.select_for_update(of=("self",)).get(pk=briefing.pk)
    if row.released_at is None:
        raise Conflict(NOT_ISSUED)
    last = Briefing.objects.filter(paper=row.paper).order_by("version").last()
    if last is not None and last.pk != row.pk:
        raise Conflict(OTHER_VERSION)
    return Briefing.objects.create(
        unit=row.unit,
        response=row.response,
        paper=row.paper,
        version=row.version + 1,
        number=row.number,
        again=True,
        hands=[actor.who],
        **_told(actor, _draft_of(row)),
    )


def _draft_of(row: Briefing) -> Draft:
    return Draft(
        day=row.day,
        title=row.title,
        body=row.body,
        report_to=row.report_to,
        send_to=row.send_to,
        issue_to=row.issue_to,
        copies=row.copies,
    )


def _told(actor: Actor, text: Draft) -> dict[str, object]:
    """Return the columns that a draft sets, the quoted figures among them."""
    title, body = text.title.strip(), text.body.strip()
    if not title:
        raise BadInput(NO_TITLE, field="title")
    if not body:
        raise BadInput(NO_TEXT, field="body")
    refuse_numbers(title, "title")
    refuse_numbers(body, "body")
    quoted = _quoted(actor, f"{title}\n{body}")
    told: dict[str, object] = {
        "day": text.day,
        "title": title,
        "body": body,
        "report_to": text.report_to.strip(),
        "send_to": text.send_to.strip(),
        "issue_to": text.issue_to.strip(),
        "copies": text.copies,
        "quoted": quoted,
    }
    written = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
    return told | {
        "digest": sha256(written.encode()).hexdigest(),
        "drafted_at": clock.now(),
        "drafted_by": actor.who,
        "drafted_by_name": orgs.name_of(actor),
    }


def _quoted(actor: Actor, text: str) -> dict[str, object]:
    names = asked(text)
    if not names:
        return freeze((), None)
    quotes, source = queries.quotable(actor)
    if source is None:
        raise BadInput(NOTHING_TO_QUOTE, field="body")
    known = by_name(quotes)
    for name in names:
        if name not in known:
            raise BadInput(NO_SUCH_FIGURE, field="body", name=name)
    return freeze(list(dict.fromkeys(known[name] for name in names)), source)


def _open(briefing: Briefing) -> Briefing:
    """Return a version as it is now, held until the end of the act, if it is not issued."""
    row = (
        Briefing.objects.select_for_update(of=("self",)).select_related("unit").get(pk=briefing.pk)
    )
    if row.released_at is not None:
        raise Conflict(ISSUED)
    return row


def _as_read(briefing: Briefing, digest: str, changed: str = OTHER_TEXT) -> Briefing:
    row = _open(briefing)
    if row.digest != digest:
        raise Conflict(changed, name=row.drafted_by_name)
    return row

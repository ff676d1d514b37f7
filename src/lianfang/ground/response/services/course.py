"""The course of a response: its beginning, levels, phases, campaigns, cases and end."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from lianfang.ground.doors.act import act
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import countable
from lianfang.ground.response.models import (
    Campaign,
    Draft,
    KeyPeriod,
    LocalCases,
    Phase,
    Response,
    ResponseLevel,
)
from lianfang.ground.response.rules import Level, Stage
from lianfang.ground.response.rules.drafting import Line
from lianfang.ground.response.services.packs import (
    WHOLE_GROUP,
    activate,
    chosen,
    completed,
    running,
)
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict
from lianfang.kernel.texts import msgid

ALREADY = msgid("A response is running already; end it before another one begins.")
CODE_TAKEN = msgid("The code %(code)s belongs to an earlier response.")
NOT_YET = msgid("This is in the future.")
BEFORE_START = msgid("A response cannot end before it began.")
NO_GROUP = msgid("There is no group yet; set one up first.")
A_NAME = msgid("Give it a name.")
DAYS = msgid("A campaign runs for 1 to 366 days.")
ENDS_BEFORE = msgid("The last day is before the first.")
SOURCE = msgid("Say who published the number.")


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a response begins with."""

    code: str
    title_zh: str
    pack_id: str
    started_at: datetime
    level: Level
    title_en: str = ""
    document: str = ""
    stage: Stage = Stage.PREPARE
    known_until: datetime | None = None
    said: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class CasesLine:
    """New confirmed cases of a region on a day, and who published them."""

    day: date
    region: str
    new_confirmed: int
    source: str


@act("response.begin", tells=("code", "pack_id"))
def begin(actor: Actor, group: Unit, told: Beginning) -> Response:
    """Begin a response with its level, its first phase and its policy pack."""
    now = clock.now()
    if not tree.is_root(group.path):
        raise BadInput(WHOLE_GROUP)
    if told.started_at > now:
        raise BadInput(NOT_YET, "started_at")
    if Response.objects.filter(unit=group, ended_at=None).exists():
        raise Conflict(ALREADY)
    if Response.objects.filter(code=told.code).exists():
        raise BadInput(CODE_TAKEN, "code", code=told.code)
    pack = completed(chosen(told.pack_id, told.known_until), told.said)
    response = Response.objects.create(
        unit=group,
        code=told.code,
        title_zh=told.title_zh or pack.title.zh,
        title_en=told.title_en or pack.title.en,
        disease=pack.disease.zh,
        started_at=told.started_at,
        recorded_at=now,
        by=actor.who,
    )
    _level(actor, response, told.level, told.started_at, told.document)
    _phase(actor, response, told.stage, told.started_at, "")
    activate(actor, response, pack, "")
    return response


def begin_with_pack(
    actor: Actor, code: str, at: datetime, known_until: datetime | None = None
) -> Response:
    """Begin a response with nothing but a pack and a moment, as `lianfang setup` does."""
    group = orgs.group(actor)
    if group is None:
        raise Conflict(NO_GROUP)
    pack = chosen(code)
    level = Level(pack.levels[0]) if pack.levels else Level.IV
    told = Beginning(code, pack.title.zh, code, at, level, pack.title.en, known_until=known_until)
    return begin(actor, group, told)


@act("response.level", tells=("document",))
def set_level(
    actor: Actor, group: Unit, level: Level, valid_from: datetime, document: str = ""
) -> ResponseLevel:
    """Enter the response level that an authority has declared, with its document."""
    return _level(actor, running(group), level, valid_from, document)


@act("response.phase")
def enter_phase(
    actor: Actor, group: Unit, stage: Stage, valid_from: datetime, summary: str = ""
) -> Phase:
    """Enter the next phase of the response and sum up the one that is over."""
    return _phase(actor, running(group), stage, valid_from, summary)


@act("response.campaign", tells=("name",))
def start_campaign(
    actor: Actor, group: Unit, name: str, starts_on: date, days: int, target: str = ""
) -> Campaign:
    """Start a campaign of so many days with its target."""
    if not name.strip():
        raise BadInput(A_NAME, "name")
    if not 1 <= days <= 366:  # noqa: PLR2004 - a year at most, as the sentence says
        raise BadInput(DAYS, "days")
    return Campaign.objects.create(
        response=running(group),
        name=name.strip(),
        starts_on=starts_on,
        days=days,
        target=target.strip(),
        recorded_at=clock.now(),
        by=actor.who,
    )


@act("response.key_period", tells=("name",))
def mark_key_period(
    actor: Actor, group: Unit, name: str, starts_on: date, ends_on: date
) -> KeyPeriod:
    """Mark the days in which more is at stake."""
    if not name.strip():
        raise BadInput(A_NAME, "name")
    if ends_on < starts_on:
        raise BadInput(ENDS_BEFORE, "ends_on")
    return KeyPeriod.objects.create(
        response=running(group),
        name=name.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_at=clock.now(),
        by=actor.who,
    )


@act("response.cases", tells=("region", "source"))
def type_cases(actor: Actor, group: Unit, line: CasesLine) -> LocalCases:
    """Enter the new cases of a region on a day; a correction is a new fact over the former."""
    response, now = running(group), clock.now()
    countable(line.day, timezone.localtime(now).date())
    if not line.source.strip():
        raise BadInput(SOURCE, "source")
    before = LocalCases.objects.filter(response=response, region=line.region, day=line.day).last()
    return LocalCases.objects.create(
        response=response,
        day=line.day,
        region=line.region,
        new_confirmed=line.new_confirmed,
        source=line.source.strip(),
        via=actor.via,
        happened_at=now,
        recorded_at=now,
        by=actor.who,
        replaces=before,
    )


@act("response.end")
def end(actor: Actor, group: Unit, ended_at: datetime) -> Response:
    """End the response; its data stay until destroyed, and its open drafts are laid aside."""
    response = running(group)
    if ended_at > clock.now():
        raise BadInput(NOT_YET, "ended_at")
    if ended_at < response.started_at:
        raise BadInput(BEFORE_START, "ended_at")
    response.ended_at = ended_at
    response.save(update_fields=["ended_at"])
    written = Draft.objects.filter(response=response, settled_at=None)
    written.update(settled_at=clock.now(), settled_by=actor.who)
    return response


def _level(
    actor: Actor, response: Response, level: Level, valid_from: datetime, document: str
) -> ResponseLevel:
    return ResponseLevel.objects.create(
        response=response,
        level=level,
        valid_from=valid_from,
        document=document.strip(),
        recorded_at=clock.now(),
        by=actor.who,
    )


def _phase(
    actor: Actor, response: Response, stage: Stage, valid_from: datetime, summary: str
) -> Phase:
    return Phase.objects.create(
        response=response,
        stage=stage,
        valid_from=valid_from,
        summary=summary.strip(),
        recorded_at=clock.now(),
        by=actor.who,
    )

"""Taking a step of a route as a plain function, for the acts of this app and of those above."""

from dataclasses import dataclass, replace
from datetime import datetime

from lianfang.ground.doors.act import NOTHING_HERE
from lianfang.ground.files import services as files
from lianfang.ground.files.intake import Received
from lianfang.ground.notices.rules import Sentence, account
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.queries import name_of
from lianfang.ground.response.models import Response
from lianfang.ground.signing import queries
from lianfang.ground.signing.models import Decision, Sheet
from lianfang.ground.signing.queries import Seat, Standing
from lianfang.ground.signing.rules import NOTE_LENGTH, Facts, Heard, Verdict
from lianfang.ground.signing.services.owing import follow, tell_recorded
from lianfang.kernel.actor import Actor
from lianfang.kernel.naming import refuse_numbers
from lianfang.kernel.refusals import BadInput, Conflict, NotAllowed, NotYourself
from lianfang.kernel.texts import msgid

OVER = msgid("This paper has gone; it waits for no signature any more.")
OTHER_TEXT = msgid("The text has changed since you opened it; read it again first.")
NO_STEP = msgid("This paper has no such step.")
NOT_YOUR_STEP = msgid("This step is signed by another post, or by its deputy.")
NOT_RECORDABLE = msgid("This step is signed by whoever takes it; nobody records it for him.")
FOR_YOURSELF = msgid("Nobody records his own signature as another's; sign in your own name.")
NOT_HOLDER = msgid("%(name)s does not hold the post that signs here; choose one of: %(names)s.")
TWO_OF_ONE_NAME = msgid(
    "More than one %(name)s signs here; write the username of the one you mean: %(names)s."
)
WHOSE = msgid("Say whose decision you record.")
SHOW_PAPER = msgid("A decision on paper comes with a photo of the signed paper.")
TOO_LONG = msgid("Say it in at most %(most)d characters.")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision of somebody else that is written down: whose, how heard, the photo if any."""

    name: str
    heard: Heard = Heard.IN_PERSON
    photo: Received | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hand:
    """Who decides, and who writes it down."""

    who: str
    name: str
    user: User | None = None
    stead: str = ""
    recorder: str = ""
    recorder_name: str = ""


def open_sheet(
    actor: Actor, unit: Unit, route: str, key: str, title: Sentence, response: Response | None
) -> Sheet:
    """Return the sheet that travels with a paper, held until the end of the act."""
    told = {
        "unit": unit,
        "response": response,
        "msgid": title.msgid,
        "params": title.plain(),
        "opened_by": actor.who,
    }
    Sheet.objects.get_or_create(route=route, key=key, defaults=told)
    return (
        Sheet.objects.select_for_update(of=("self",))
        .select_related("unit")
        .get(route=route, key=key)
    )


def locked(sheet: Sheet) -> Sheet:
    """Return a sheet as it is now, held until the end of the act."""
    rows = Sheet.objects.select_for_update(of=("self",)).select_related("unit", "response")
    return rows.get(pk=sheet.pk)


def take(  # noqa: PLR0913 - a signature is what it is
    actor: Actor,
    sheet: Sheet,
    step: str,
    now: datetime,
    *,
    verdict: Verdict = Verdict.AGREE,
    digest: str = "",
    text: str = "",
    recorded: Recorded | None = None,
    facts: Facts | None = None,
) -> Decision:
    """Say a word on a paper at a step: kept, its app told, and the next step owed."""
    row = locked(sheet)
    told = queries.standing(actor, row, facts)
    _refuse_unknown(told, step)
    if told.over:
        raise Conflict(OVER)
    if digest and digest != told.facts.digest:
        raise Conflict(OTHER_TEXT)
    hand = _recorded(actor, told, step, recorded) if recorded else _own(actor, told, step)
    recorded = recorded if hand.recorder else None
    refused = told.refusal(step, hand.who)
    if refused is not None:
        raise refused
    decision = _kept(actor, told, step, verdict, hand, said(text), recorded, now)
    hook = told.route.on_signed if verdict is Verdict.AGREE else told.route.on_returned
    hook(row, decision, actor, now)
    if recorded:
        tell_recorded(row, decision, now)
    follow(actor, told, now, decision)
    return decision


def _refuse_unknown(told: Standing, step: str) -> None:
    if step not in {stop.code for stop in told.route.stops}:
        raise BadInput(NO_STEP, field="step")


def found_seat(actor: Actor, told: Standing, step: str) -> Seat | None:
    """Return the capacity in which somebody may sign a step; nothing where it is not his."""
    return queries.seat_of(actor, told.sheet.unit.path, told.route.stop(step).posts)


def _own(actor: Actor, told: Standing, step: str) -> _Hand:
    seat = found_seat(actor, told, step)
    if seat is None:
        raise BadInput(NOT_YOUR_STEP, field="step")
    return own_hand(actor, seat)


def own_hand(actor: Actor, seat: Seat | None) -> _Hand:
    """Return somebody who decides for himself, in his own post or in another's stead."""
    own = account(actor)
    user = User.objects.filter(pk=own).first() if own else None
    stead = User.objects.filter(pk=seat.stead).first() if seat and seat.stead else None
    return _Hand(who=actor.who, name=name_of(actor), user=user, stead=str(stead or ""))


def _recorded(actor: Actor, told: Standing, step: str, recorded: Recorded) -> _Hand:
    """Return whose decision it is: somebody who holds the post now, or a name where none does."""
    name = recorded.name.strip()
    if not told.route.stop(step).recordable:
        raise BadInput(NOT_RECORDABLE, field="recorded_for")
    if not name:
        raise BadInput(WHOSE, field="recorded_for")
    if recorded.heard is Heard.PAPER and recorded.photo is None:
        raise BadInput(SHOW_PAPER, field="photo")
    if name == name_of(actor) and name not in {each.name for each in told.holders[step]}:
        raise NotYourself(FOR_YOURSELF)
    named = _named(told, step, name)
    if named.who == actor.who:
        return _own(actor, told, step)
    return replace(named, recorder=actor.who, recorder_name=name_of(actor))


def _named(told: Standing, step: str, name: str) -> _Hand:
    """Return the holder of this name or username; of two who have it, one has to be chosen."""
    holders = {each.who: each for each in told.holders[step]}
    users = {
        user.pk: user for user in User.objects.filter(pk__in=[h.user for h in holders.values()])
    }
    fitting = [h for h in holders.values() if name in {h.name, users[h.user].username}]
    if len(fitting) > 1:
        names = ", ".join(users[each.user].username for each in fitting)
        raise BadInput(TWO_OF_ONE_NAME, field="recorded_for", name=name, names=names)
    if fitting:
        (one,) = fitting
        return _Hand(who=one.who, name=one.name, user=users[one.user], stead=one.stead)
    if holders:
        names = ", ".join(each.name for each in holders.values())
        raise BadInput(NOT_HOLDER, field="recorded_for", name=name, names=names)
    return _Hand(who=f"name:{name}", name=name)


def said(text: str) -> str:
    """Return a text as it is kept, or refuse one that is too long or names people by numbers."""
    refuse_numbers(text, "text")
    if len(text.strip()) > NOTE_LENGTH:
        raise BadInput(TOO_LONG, field="text", most=NOTE_LENGTH)
    return text.strip()


def _kept(
    actor: Actor,
    told: Standing,
    step: str,
    verdict: Verdict,
    hand: _Hand,
    text: str,
    recorded: Recorded | None,
    now: datetime,
) -> Decision:
    photo = recorded.photo if recorded else None
    return Decision.objects.create(
        sheet=told.sheet,
        step=step,
        verdict=verdict,
        digest=told.facts.digest,
        shown=dict(told.facts.values),
        text=text,
        by=hand.who,
        by_name=hand.name,
        by_user=hand.user,
        stead_name=hand.stead,
        recorder=hand.recorder,
        recorder_name=hand.recorder_name,
        heard=recorded.heard if recorded else "",
        evidence=files.enter(actor, told.sheet.unit, photo) if photo else None,
        at=now,
        via=actor.via,
    )


def refuse_seatless(actor: Actor, sheet: Sheet, told: Standing) -> Seat:
    """Return somebody's capacity at any step of a paper, or refuse whoever has none."""
    posts = {post for stop in told.route.stops for post in stop.posts}
    seat = queries.seat_of(actor, sheet.unit.path, posts)
    if seat is None:
        raise NotAllowed(NOTHING_HERE)
    return seat

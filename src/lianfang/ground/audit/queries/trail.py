"""The trail in words: who did what where, newest first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import make_aware

from lianfang.ground.audit import telling
from lianfang.ground.audit.rules import chain
from lianfang.ground.audit.rules.asked import Asked, Line, Page
from lianfang.ground.audit.rules.asked import key as asked_key
from lianfang.ground.doors.models import Entry, Subject
from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Unit, User
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import OPERATOR, Actor

READ = "trail.read"
SIZE = 50
SUBJECTS_SHOWN = 20
NAMES_FOUND = 200
#: On an installation whose clock cannot be moved, what happened on a day was recorded about then.
ABOUT = timedelta(days=1)

Names = Mapping[str, tuple[str, str]]


def page(actor: Actor, asked: Asked) -> Page:
    """Return one page of what is asked for."""
    entries = list(_found(actor, asked)[: SIZE + 1])
    older = entries[SIZE - 1].pk if len(entries) > SIZE else None
    return Page(tuple(lines(actor, entries[:SIZE], READ)), older)


def most(actor: Actor, asked: Asked, act: str, number: int) -> list[Line]:
    """Return the newest of what is asked for, for a copy; one more than the number if there is."""
    return list(lines(actor, list(_found(actor, asked, act)[: number + 1]), act))


def counts(actor: Actor, since: datetime) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Return how often each act was done and refused since then, found by the range of keys."""
    found = visible(Entry, actor, READ).filter(pk__gte=chain.id_at(since)).order_by()
    done = found.filter(refused="").values_list("act").annotate(Count("pk"))
    refused = found.exclude(refused="").values_list("act").annotate(Count("pk"))
    return dict(done), dict(refused)


def about(actor: Actor, before: UUID | None = None) -> Page:
    """Return who else looked at the actor's own data or changed it."""
    mine = visible(Subject, actor, "trail.own").exclude(entry__who=actor.who)
    mine = mine.order_by("-entry_id").select_related("entry")
    if before:
        mine = mine.filter(entry_id__lt=before)
    entries = list(dict.fromkeys(subject.entry for subject in mine[: SIZE + 1]))
    older = entries[SIZE - 1].pk if len(entries) > SIZE else None
    return Page(tuple(_openly(entries[:SIZE])), older)


def _openly(entries: Sequence[Entry]) -> Iterator[Line]:
    """Name whoever looked, wherever he works: that is what the person has a right to know."""
    names = _names(OPERATOR, entries, READ)
    places = _places(OPERATOR, entries, READ)
    return (_line(entry, names, places, ()) for entry in entries)


def lines(actor: Actor, entries: Sequence[Entry], act: str) -> Iterator[Line]:
    """Return entries in words, with the names that the actor may know."""
    names, places = _names(actor, entries, act), _places(actor, entries, act)
    subjects: dict[UUID, list[UUID]] = {}
    found = visible(Subject, actor, act).filter(entry__in=[entry.pk for entry in entries])
    for entry_id, subject in found.order_by("pk").values_list("entry_id", "subject"):
        subjects.setdefault(entry_id, []).append(subject)
    for entry in entries:
        yield _line(entry, names, places, subjects.get(entry.pk, ())[:SUBJECTS_SHOWN])


def _found(actor: Actor, asked: Asked, act: str = READ) -> QuerySet[Entry]:
    found = visible(Entry, actor, act).order_by("-pk")
    if asked.act:
        found = found.filter(act=asked.act)
    if asked.refused:
        found = found.exclude(refused="")
    if asked.who:
        found = found.filter(who__in=_called(actor, asked.who, act))
    if asked.unit:
        found = found.filter(place__gte=asked.unit, place__lt=tree.after(asked.unit))
    if asked.day:
        found = found.filter(_on(asked.day))
    if asked.subject:
        named = visible(Subject, actor, act).filter(subject=asked.subject)
        found = found.filter(pk__in=named.values("entry"))
    return found.filter(pk__lt=asked.before) if asked.before else found


def _on(day: date) -> Q:
    """Return what happened on a day, found by the range of keys where that is sure."""
    start = make_aware(datetime.combine(day, time.min))
    end = start + timedelta(days=1)
    found = Q(happened_at__gte=start, happened_at__lt=end)
    if not clock.movable():
        first, last = chain.id_at(start - ABOUT), chain.id_at(end + ABOUT)
        found &= Q(pk__gte=first, pk__lt=last)
    return found


def _called(actor: Actor, text: str, act: str) -> list[str]:
    """Return what the trail calls those whose name holds a text."""
    named = Q(name__icontains=text) | Q(username__iexact=text)
    users = visible(User, actor, act).filter(named)[:NAMES_FOUND]
    return [name for user in users for name in _aliases(user)]


def _aliases(user: User) -> Iterator[str]:
    yield f"user:{user.pk}"
    if user.person:
        yield f"person:{user.person}"


def _names(actor: Actor, entries: Iterable[Entry], act: str) -> Names:
    """Return name and home of those behind the entries."""
    keys: dict[str, set[UUID]] = {"user": set(), "person": set()}
    for entry in entries:
        kind, _, text = entry.who.partition(":")
        key = asked_key(text)
        if kind in keys and key is not None:
            keys[kind].add(key)
    users = visible(User, actor, act).select_related("home")
    named = users.filter(Q(pk__in=keys["user"]) | Q(person__in=keys["person"]))
    return {
        alias: (user.name or user.username, str(user.home or ""))
        for user in named
        for alias in _aliases(user)
    }


def _places(actor: Actor, entries: Iterable[Entry], act: str) -> Mapping[str, str]:
    paths = {entry.place for entry in entries}
    return {unit.path: str(unit) for unit in visible(Unit, actor, act).filter(path__in=paths)}


def _line(entry: Entry, names: Names, places: Mapping[str, str], subjects: Sequence[UUID]) -> Line:
    name, home = names.get(entry.who, ("", ""))
    return Line(
        id=entry.pk,
        happened_at=entry.happened_at,
        recorded_at=entry.recorded_at,
        who=name or telling.nameless(entry.who),
        home=home,
        act=entry.act,
        words=telling.act_in_words(entry.act),
        place=places.get(entry.place, ""),
        way=telling.way(entry.via),
        refused=telling.refusal(entry.refused),
        count=entry.count,
        subjects=tuple(subjects),
        told=tuple((name, str(value)) for name, value in sorted(entry.arguments.items())),
    )

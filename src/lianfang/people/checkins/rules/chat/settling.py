"""What of a 接龙 can be recorded, and what has to be settled by one tap first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from lianfang.people.checkins.rules.chat.answers import Answers, ways_to_read
from lianfang.people.checkins.rules.chat.likeness import Known, Match, Roster, Sort
from lianfang.people.checkins.rules.chat.lines import Chain, Entry
from lianfang.people.checkins.rules.policy import Thresholds

SKIP, OUTSIDE, NEW_STAFF, NEW_ON_SITE = "skip", "outside", "new:staff", "new:on_site"
KEEP, REPLACE = "keep", "replace"
PERSON = "person:"
NEW = frozenset({NEW_STAFF, NEW_ON_SITE})
PASSED = frozenset({SKIP, OUTSIDE})


class State(StrEnum):
    """Where a line stands."""

    READY = "ready"
    OPEN = "open"
    PASSED = "passed"
    NOTHING = "nothing"
    LATER = "later"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Already:
    """What is recorded of somebody today already."""

    at: datetime
    answers: Answers

    def says(self, told: Answers) -> bool:
        """Tell whether all that was said is recorded so already."""
        names = [each.name for each in fields(Answers)]
        said = {
            name: getattr(told, name) for name in names if getattr(told, name) not in {None, ""}
        }
        return all(getattr(self.answers, name) == value for name, value in said.items())


@dataclass(frozen=True, slots=True)
class Settled:
    """What was tapped for a line: who is meant, how it is read, whether it replaces."""

    who: str = ""
    what: str = ""
    again: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the preview: who is meant, what is recorded, and what has to be tapped."""

    entry: Entry
    match: Match
    settled: Settled
    state: State
    person: Known | None = None
    new: str = ""
    ways: tuple[Answers, ...] = ()
    answers: Answers | None = None
    asks_who: bool = False
    asks_what: bool = False
    asks_again: bool = False
    already: Already | None = None
    foreign_phone: bool = False
    full_name: bool = False

    @property
    def is_learnt(self) -> bool:
        """Tell whether a doubt about the name was settled here, so that it can be remembered."""
        doubtful = self.match.sort not in {Sort.SURE, Sort.NAMESAKES}
        return self.person is not None and doubtful and not self.full_name


def settle(
    chain: Chain,
    roster: Roster,
    limits: Thresholds,
    already: Mapping[UUID, Already],
    taps: Mapping[str, Settled],
    phones: Mapping[str, str],
    elsewhere: Collection[str] = (),
) -> tuple[Line, ...]:
    """Return where every line stands by what was tapped; of one person the last line counts."""
    lines: list[Line] = []
    above: Answers | None = None
    for entry in chain.entries:
        match = _match(entry, roster, phones.get(entry.phone, ""), elsewhere)
        clear, ways = ways_to_read(entry.told, limits, above)
        tapped = taps.get(entry.key, Settled())
        line = _line(entry, match, tapped, (clear, ways), roster)
        line = _again(line, already)
        above = line.answers or (ways[0] if clear and ways else above)
        lines.append(line)
    return tuple(_last_counts(lines))


def _match(entry: Entry, roster: Roster, phone: str, elsewhere: Collection[str]) -> Match:
    """Return whom an entry means; the number of somebody else beside it makes it a doubt."""
    found = roster.find(entry.name, entry.hints)
    holders = roster.with_phone(phone)
    if found.person is None:
        likely = tuple(dict.fromkeys((*holders, *found.people)))
        if not likely and entry.name in elsewhere:
            return Match(Sort.ELSEWHERE)
        return replace(found, sort=Sort.DOUBTFUL, people=likely) if holders else found
    other_number = bool(phone and found.person.phone and found.person.phone != phone)
    if other_number or (holders and found.person not in holders):
        return Match(Sort.DOUBTFUL, tuple(dict.fromkeys((found.person, *holders))))
    return found


def _line(
    entry: Entry,
    match: Match,
    tapped: Settled,
    read: tuple[bool, tuple[Answers, ...]],
    roster: Roster,
) -> Line:
    clear, ways = read
    line = Line(
        entry=entry,
        match=match,
        settled=tapped,
        state=State.OPEN,
        ways=ways,
        foreign_phone=bool(entry.phone) and match.sort is Sort.DOUBTFUL,
        full_name=roster.is_full_name(entry.name),
        asks_who=match.person is None,
        asks_what=not clear,
    )
    if tapped.who in PASSED or tapped.what == SKIP:
        return replace(line, state=State.PASSED)
    person = match.person or _tapped(tapped.who, roster)
    new = tapped.who if match.person is None and tapped.who in NEW else ""
    line = replace(line, person=person, new=new)
    if not entry.told.says_something or not ways:
        return replace(line, state=State.NOTHING, asks_who=match.person is None)
    answers = ways[0] if clear else _chosen(ways, tapped.what)
    known = person is not None or bool(new)
    ready = known and answers is not None
    return replace(line, answers=answers, state=State.READY if ready else State.OPEN)


def _tapped(who: str, roster: Roster) -> Known | None:
    if not who.startswith(PERSON):
        return None
    try:
        return roster.people.get(UUID(who.removeprefix(PERSON)))
    except ValueError:
        return None


def _chosen(ways: Sequence[Answers], tapped: str) -> Answers | None:
    if not tapped.isdecimal() or int(tapped) >= len(ways):
        return None
    return ways[int(tapped)]


def _again(line: Line, already: Mapping[UUID, Already]) -> Line:
    """Ask whether a line replaces what is recorded today already; by itself it does not."""
    known = already.get(line.person.id) if line.person else None
    if known is None or line.state is State.PASSED:
        return line
    line = replace(line, already=known, asks_again=line.state is not State.NOTHING)
    same = line.answers is not None and known.says(line.answers)
    if line.state is State.READY and same:
        return replace(line, state=State.KEPT)
    if line.settled.again == KEEP or (line.answers is None and _was_settled(line, known)):
        return replace(line, state=State.KEPT)
    if line.state is State.READY and line.settled.again != REPLACE:
        return replace(line, state=State.OPEN)
    return line


def _was_settled(line: Line, known: Already) -> bool:
    """Tell whether what is recorded is one of the ways to read this line."""
    said = [way for way in line.ways if way != Answers()]
    return known.answers in line.ways or any(known.says(way) for way in said)


def _last_counts(lines: Sequence[Line]) -> list[Line]:
    last = {
        line.person.id: place
        for place, line in enumerate(lines)
        if line.person is not None and line.state in {State.READY, State.OPEN, State.KEPT}
    }
    return [
        replace(line, state=State.LATER)
        if line.person is not None
        and line.state in {State.READY, State.OPEN, State.KEPT}
        and last[line.person.id] != place
        else line
        for place, line in enumerate(lines)
    ]

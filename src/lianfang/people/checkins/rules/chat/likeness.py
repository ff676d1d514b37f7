"""Whom a name in a chat means: sure by rule, or a doubt with those whom it can mean."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from lianfang.people.register.rules.names import BETWEEN, pinyin

MOST = 6
CJK = re.compile(r"[\u3400-\u9fff·]+")
NICK = re.compile(
    r"^(?:小|老|阿|大)?(?P<core>[\u4e00-\u9fff]{1,3}?)(?:姐|哥|总|工|师傅|老师|主任|经理|阿姨|叔|嫂|婶|妹|弟)?$"
)
LATIN = re.compile(r"^[a-z]{2,20}$")
_Keys = Callable[["Known"], list[str]]


class Sort(StrEnum):
    """How sure it is whom a name means."""

    SURE = "sure"
    DOUBTFUL = "doubtful"
    NAMESAKES = "namesakes"
    ELSEWHERE = "elsewhere"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody of the unit, as far as a name is compared with him."""

    id: UUID
    name: str
    key: str = ""
    initials: str = ""
    person_no: str = ""
    tail: str = ""
    phone: str = ""
    department: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a name means, or can mean."""

    sort: Sort
    people: tuple[Known, ...] = ()

    @property
    def person(self) -> Known | None:
        """Return whom it means, if that is sure."""
        return self.people[0] if self.sort is Sort.SURE else None


class Roster:
    """The people of a unit, found by whatever a chat calls them."""

    def __init__(self, people: Iterable[Known], called: Mapping[str, UUID] | None = None) -> None:
        """Take the people, and what some are called by what was settled before."""
        self.people = {each.id: each for each in people}
        self._called = {folded(name): key for name, key in (called or {}).items()}
        self._by_name = self._index(lambda each: [folded(each.name)])
        self._by_key = self._index(lambda each: [each.key])
        self._by_first = self._index(lambda each: [each.name[:1]])
        self._by_last = self._index(lambda each: [each.name[1:], each.name[-1:] * 2])
        self._by_number = self._index(lambda each: [each.person_no.casefold()])
        self._by_tail = self._index(lambda each: [each.tail])
        self._by_phone = self._index(lambda each: [each.phone])
        self._by_latin = self._index(lambda each: [each.initials, each.key.replace(" ", "")])
        self._places = {each.department for each in self.people.values()} | {
            each.unit for each in self.people.values()
        }

    def _index(self, keys: _Keys) -> dict[str, list[Known]]:
        found: dict[str, list[Known]] = defaultdict(list)
        for each in self.people.values():
            for key in keys(each):
                if key:
                    found[key].append(each)
        return found

    def find(self, name: str, hints: Sequence[str] = ()) -> Match:
        """Return whom a name and the numbers beside it mean."""
        exact = self._exact(name)
        if exact:
            return self._told_apart(exact, hints)
        settled = self._called.get(folded(name))
        if settled is not None and settled in self.people:
            return Match(Sort.SURE, (self.people[settled],))
        numbered = self._numbered(hints)
        if not name:
            return Match(Sort.SURE if len(numbered) == 1 else Sort.NOBODY, tuple(numbered[:1]))
        like = list(dict.fromkeys((*self._inside(name), *numbered, *self._alike(name))))[:MOST]
        return Match(Sort.DOUBTFUL, tuple(like)) if like else Match(Sort.NOBODY)

    def with_phone(self, phone: str) -> tuple[Known, ...]:
        """Return whose telephone number this is."""
        return tuple(self._by_phone.get(phone, ())) if phone else ()

    def is_full_name(self, name: str) -> bool:
        """Tell whether somebody has just this name, so that it is nobody's nickname."""
        return bool(self._exact(name))

    def _exact(self, name: str) -> list[Known]:
        """Return who has this name, written alone or with his department or Latin letters."""
        whole = self._by_name.get(folded(name), [])
        if whole:
            return whole
        parts = CJK.findall(name)
        named = [part for part in parts if folded(part) in self._by_name]
        others = [part for part in parts if part not in named]
        if len(named) != 1 or not all(self._is_place(part) for part in others):
            return []
        return self._by_name[folded(named[0])]

    def _is_place(self, part: str) -> bool:
        """Tell whether a part of a nickname is a department or a unit of these people."""
        return any(part in place or place in part for place in self._places if place)

    def _told_apart(self, found: Sequence[Known], hints: Sequence[str]) -> Match:
        """Return which of the namesakes is meant: by a number, and by nothing else."""
        numbers = {hint.casefold() for hint in hints}
        meant = [each for each in found if {each.person_no.casefold(), each.tail} & numbers - {""}]
        if len(meant) == 1:
            return Match(Sort.SURE, (meant[0],))
        if len(found) > 1:
            return Match(Sort.NAMESAKES, tuple(found[:MOST]))
        foreign = [each for each in self._numbered(hints) if each not in found]
        if foreign:
            return Match(Sort.DOUBTFUL, (found[0], *foreign[: MOST - 1]))
        return Match(Sort.SURE, (found[0],))

    def _numbered(self, hints: Sequence[str]) -> list[Known]:
        """Return whose staff number or last digits of the phone stand there."""
        found = [
            each
            for hint in hints
            for each in (*self._by_number.get(hint.casefold(), ()), *self._by_tail.get(hint, ()))
        ]
        return list(dict.fromkeys(found))

    def _inside(self, name: str) -> list[Known]:
        """Return whose whole name is written inside a longer one."""
        text = folded(name)
        found = []
        for start in range(len(text)):
            for end in range(start + 2, min(start + 5, len(text)) + 1):
                found += self._by_name.get(text[start:end], [])
        return found

    def _alike(self, name: str) -> list[Known]:
        """Return who can be meant: read alike, one sign apart, by surname or given name alone."""
        found: list[Known] = []
        for part in [*CJK.findall(name), *re.findall(r"[a-z]+", name.casefold())]:
            if LATIN.match(part):
                found += self._by_latin.get(part, ())
                continue
            found += self._by_key.get(pinyin(part)[0], ())
            found += self._near(part)
            found += self._by_nick(part)
        return found

    def _near(self, part: str) -> list[Known]:
        if len(part) < 2:  # noqa: PLR2004 (a name has two signs at least)
            return []
        close = [*self._by_first.get(part[:1], ()), *self._by_last.get(part[1:], ())]
        return [each for each in close if _apart(each.name, part) == 1]

    def _by_nick(self, part: str) -> list[Known]:
        found = NICK.match(part)
        core = found["core"] if found else part
        if core == part and len(part) > 2:  # noqa: PLR2004 (a whole name that nobody has)
            return []
        given = self._by_last.get(core, []) or self._by_last.get(core * 2, [])
        return [*given, *(self._by_first.get(core, ()) if len(core) == 1 else ())]


def folded(name: str) -> str:
    """Return a name as it is compared: without spaces, dots, signs and case."""
    return re.sub(r"[-_()\[\]<>~=*#&+—–]", "", BETWEEN.sub("", name)).casefold()


def _apart(one: str, other: str) -> int:
    """Return by how many signs two names of one length differ."""
    if len(one) != len(other):
        return len(one) + len(other)
    return sum(1 for mine, yours in zip(one, other, strict=True) if mine != yours)

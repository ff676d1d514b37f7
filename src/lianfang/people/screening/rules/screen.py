"""Rules applied to people: the first that holds decides, and what is not known is said."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, repeat

import polars as pl

from lianfang.kernel.texts import msgid
from lianfang.people.screening.rules.language import BadRule, Types, read
from lianfang.people.screening.rules.words import Status, caution

MOST_RULES = 60
MISSING = "missing:"
SLICE, SAID = 50_000, 4_096
#: The facts of one person that the rules of a pack speak of.
Facts = tuple[object, ...]

NO_STATUS = msgid("Rule %(rule)s: the status is may_enter, check_first, not_now or unknown.")
NO_CODE = msgid("A rule of the policy pack has no code.")
TWICE = msgid("Rule %(rule)s stands twice in the policy pack.")
TOO_MANY = msgid("A policy pack has at most %(most)s screening rules.")


@dataclass(frozen=True, slots=True)
class Rule:
    """When this holds, that is the status, for this reason, and this is owed."""

    code: str
    when: str
    status: Status
    zh: str = ""
    en: str = ""
    obliges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What the rules say of one person: the status, every reason that holds, what decided."""

    status: Status
    reasons: tuple[str, ...]
    rule: str


def rule(told: Mapping[str, object]) -> Rule:
    """Read a rule as it stands in a pack."""
    code, status = str(told.get("code") or ""), str(told.get("status") or "")
    if not code:
        raise BadRule(NO_CODE, "rules")
    if status not in set(Status):
        raise BadRule(NO_STATUS, "status", rule=code)
    obliges = told.get("obliges")
    return Rule(
        code=code,
        when=str(told.get("when") or ""),
        status=Status(status),
        zh=str(told.get("zh") or ""),
        en=str(told.get("en") or ""),
        obliges=tuple(str(each) for each in obliges) if isinstance(obliges, list) else (),
    )


@lru_cache(maxsize=256)
def compiled(
    rules: tuple[Rule, ...], otherwise: Status, facts: tuple[tuple[str, pl.DataType], ...]
) -> "Screen":
    """Return rules made ready once for as long as the pack says the same."""
    return Screen(rules, otherwise, dict(facts))


class Screen:
    """The rules of one pack, ready to be applied."""

    def __init__(self, rules: Sequence[Rule], otherwise: Status, facts: Types) -> None:
        """Read every rule; the more cautious status stands first, else the pack's own order."""
        if len(rules) > MOST_RULES:
            raise BadRule(TOO_MANY, "rules", most=MOST_RULES)
        self.rules = tuple(sorted(rules, key=lambda each: caution(each.status)))
        self.otherwise = otherwise
        self._holds = [read(each.code, each.when, facts).alias(each.code) for each in self.rules]
        codes = [each.code for each in rules]
        for code in codes:
            if codes.count(code) > 1:
                raise BadRule(TWICE, "rules", rule=code)
        self._speaks_of = [frozenset(each.meta.root_names()) for each in self._holds]
        self.names = tuple(sorted(frozenset().union(*self._speaks_of)))
        self._schema = {name: facts[name] for name in self.names}
        self._known: dict[Holds, _Decided] = {}
        self._said: dict[Facts, Found] = {}

    def apply(self, facts: Mapping[str, Sequence[object]], many: int) -> list[Found]:
        """Say of each of many people what the rules say; a fact that is not given is not known."""
        told = self.told(facts, many)
        found = self.say(told)
        return [found[each] for each in told]

    def told(self, facts: Mapping[str, Sequence[object]], many: int) -> list[Facts]:
        """Return of each of many people the facts that the rules speak of, in their order."""
        columns = [facts[name] if name in facts else repeat(None, many) for name in self.names]
        return list(zip(*columns, strict=True)) if columns else [()] * many

    def say(self, told: Iterable[Facts]) -> Mapping[Facts, Found]:
        """Say what the rules say of these facts; of many people alike it is worked out once."""
        every = dict.fromkeys(told)
        known = self._said if len(self._said) < SAID else {}
        fresh = [each for each in every if each not in known]
        known.update(zip(fresh, self._judged(fresh), strict=True))
        self._said = known
        return {each: known[each] for each in every}

    def _judged(self, told: Sequence[Facts]) -> Iterator[Found]:
        if not told or not self.names:
            yield from [self._decided(()).found] * len(told)
            return
        frame = pl.DataFrame(list(zip(*told, strict=True)), schema=self._schema, orient="col")
        parts = (part.select_seq(self._holds).rows() for part in frame.iter_slices(SLICE))
        for holds, facts in zip(chain.from_iterable(parts), told, strict=True):
            decided = self._decided(holds)
            yield decided.of(self.names, facts) if decided.open else decided.found

    def _decided(self, holds: "Holds") -> "_Decided":
        """Return what follows from which rules hold; few answers differ, each is thought once."""
        decided = self._known.get(holds)
        if decided is None:
            decided = self._known[holds] = self._decide(holds)
        return decided

    def _decide(self, holds: "Holds") -> "_Decided":
        held = [each for each, yes in zip(self.rules, holds, strict=False) if yes]
        first = held[0].status if held else self.otherwise
        open_ = [about for about, yes in zip(self._speaks_of, holds, strict=False) if yes is None]
        if open_ and caution(first) > caution(Status.UNKNOWN):
            about = frozenset().union(*open_)
            return _Decided(Found(Status.UNKNOWN, (), ""), tuple(sorted(about)))
        code = held[0].code if held else ""
        return _Decided(Found(first, tuple(each.code for each in held), code))


Holds = tuple[bool | None, ...]


@dataclass(frozen=True, slots=True)
class _Decided:
    """What follows from which rules hold, and the facts on which an open one waits."""

    found: Found
    open: tuple[str, ...] = ()

    def of(self, names: Sequence[str], facts: Facts) -> Found:
        """Name what is not known of this person."""
        known = dict(zip(names, facts, strict=True))
        gaps = tuple(MISSING + name for name in self.open if known[name] is None)
        return Found(self.found.status, gaps, self.found.rule)

"""What one person says of himself in a 接龙, and the ways in which that can be read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from itertools import product

from lianfang.people.checkins.rules.chat.tokens import Kind, Piece
from lianfang.people.checkins.rules.chat.words import GRAVE, HEAVY, NEUTRAL, Vocabulary
from lianfang.people.checkins.rules.policy import Thresholds

MOST_WAYS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What would be recorded; None is what was not said, and nothing is assumed for it."""

    temperature: Decimal | None = None
    symptoms: tuple[str, ...] | None = None
    in_town: bool | None = None
    region: str = ""
    household_symptoms: bool | None = None
    contact_risk_area: bool | None = None
    contact_case: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was said, as it was said."""

    temperatures: tuple[Decimal, ...] = ()
    whole: tuple[Decimal, ...] = ()
    fine: bool = False
    answers: Answers = field(default_factory=Answers)
    earlier: tuple[str, ...] = ()
    denied_too: bool = False
    contradicts: bool = False
    heavy: bool = False
    same: bool = False
    shared: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def says_something(self) -> bool:
        """Tell whether there is anything to record at all."""
        said = self.answers != Answers() or self.fine or self.same or bool(self.earlier)
        return said or bool(self.temperatures or self.whole)


def told(found: Sequence[Piece], known: Vocabulary, written: str = "") -> Told:
    """Return what the pieces of a line say, apart from who says it."""
    by_kind: dict[Kind, list[Piece]] = {}
    for piece in found:
        by_kind.setdefault(piece.kind, []).append(piece)
    symptoms, clash = _symptoms(by_kind, known)
    in_town, clash_of_place = _either(by_kind, Kind.IN_TOWN, Kind.AWAY)
    household, clash_at_home = _either(by_kind, Kind.FAMILY_ILL, Kind.FAMILY_WELL)
    risk, clash_of_risk = _either(by_kind, Kind.RISK, Kind.NO_RISK)
    case, clash_of_case = _either(by_kind, Kind.CASE, Kind.NO_CASE)
    away = by_kind.get(Kind.AWAY, [])
    remarks = _remarks(by_kind, known)
    return Told(
        temperatures=_values(by_kind.get(Kind.TEMPERATURE, ())),
        whole=_values(by_kind.get(Kind.WHOLE, ())),
        fine=Kind.FINE in by_kind,
        answers=Answers(
            symptoms=symptoms,
            in_town=in_town,
            region=next((piece.code for piece in away if piece.code), ""),
            household_symptoms=household,
            contact_risk_area=risk,
            contact_case=case,
        ),
        earlier=_codes(by_kind.get(Kind.PAST, ())),
        denied_too=clash,
        contradicts=any((clash, clash_of_place, clash_at_home, clash_of_risk, clash_of_case)),
        heavy=_is_heavy(remarks, written, known, has=Kind.HAS in by_kind),
        same=Kind.SAME in by_kind,
        remarks=remarks,
    )


def ways_to_read(
    said: Told, limits: Thresholds, above: Answers | None = None
) -> tuple[bool, tuple[Answers, ...]]:
    """Return whether it is clear what was said, and what it can mean; nothing is chosen here."""
    if said.same:
        copied = _over(above or Answers(), said.answers)
        options = [copied, replace(copied, temperature=None)] if copied != Answers() else []
        return False, tuple(dict.fromkeys(options))
    temperatures, clear = _temperatures(said, limits)
    symptoms: list[tuple[str, ...] | None] = [said.answers.symptoms]
    if said.earlier:
        symptoms.append(tuple(dict.fromkeys((*(said.answers.symptoms or ()), *said.earlier))))
    if said.denied_too:
        symptoms.append(())
    found = [
        replace(said.answers, temperature=temperature, symptoms=told_of)
        for temperature, told_of in product(temperatures, symptoms)
    ]
    doubts = (said.earlier, said.contradicts, said.heavy, said.shared)
    plain = clear and not any(doubts)
    return plain, tuple(dict.fromkeys(found))[:MOST_WAYS]


def _temperatures(said: Told, limits: Thresholds) -> tuple[list[Decimal | None], bool]:
    """Return the temperatures that can be meant; a number that cannot be one is never mended."""
    if not limits.measured:
        return [None], True
    fits = [each for each in said.temperatures if _can_be(each, limits)]
    if len(said.temperatures) == 1 and fits:
        return [fits[0]], True
    if not said.temperatures and not said.whole:
        return [None], True
    whole = [each for each in said.whole if _can_be(each, limits)]
    high = [each for each in said.temperatures if _can_be(each, limits, limits.highest)]
    return [*dict.fromkeys(fits or whole or high), None], False


def _can_be(value: Decimal, limits: Thresholds, most: Decimal | None = None) -> bool:
    highest = limits.chat_asks_above if most is None else most
    return limits.lowest <= value <= highest and value == round(value, 1)


def _values(found: Iterable[Piece]) -> tuple[Decimal, ...]:
    return tuple(dict.fromkeys(piece.value for piece in found if piece.value is not None))


def _codes(found: Iterable[Piece]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece.code for piece in found if piece.code))


def _symptoms(
    found: dict[Kind, list[Piece]], known: Vocabulary
) -> tuple[tuple[str, ...] | None, bool]:
    """Return the symptoms that are said, none of them, or that nothing was said of them.

    Who denies one thing (不发烧) has not been asked about the others; who denies several, or
    ends with “and so on”, means all.
    """
    has = _codes(found.get(Kind.HAS, ()))
    denied = found.get(Kind.DENIED, ())
    well = Kind.WELL in found or _denies_all(denied, known)
    if has:
        return has, well or bool(denied)
    return ((), False) if well else (None, False)


def _denies_all(found: Sequence[Piece], known: Vocabulary) -> bool:
    said = [match for piece in found if (match := known.denied.match(piece.text))]
    codes = {code for word, code in known.code_of.items() if any(word in each[0] for each in said)}
    return len(codes) > 1 or any(each["etc"] for each in said)


def _either(found: dict[Kind, list[Piece]], yes: Kind, no: Kind) -> tuple[bool | None, bool]:
    if yes in found and no in found:
        return None, True
    return (True if yes in found else False if no in found else None), False


def _over(above: Answers, said: Answers) -> Answers:
    """Return the answers above with what this line says itself."""

    def own(name: str) -> object:
        mine = getattr(said, name)
        return getattr(above, name) if mine is None or mine == "" else mine

    named = {each.name: own(each.name) for each in fields(Answers)}
    return Answers(**named)  # type: ignore[arg-type]


def _remarks(found: dict[Kind, list[Piece]], known: Vocabulary) -> tuple[str, ...]:
    """Return what was said and is not recorded; it is shown, or somebody would miss it."""
    denied = found.get(Kind.DENIED, [])
    single = [] if _denies_all(denied, known) else denied
    loose = sorted((*found.get(Kind.TEXT, ()), *single), key=lambda piece: piece.start)
    return tuple(piece.text for piece in loose if piece.text not in NEUTRAL)


def _is_heavy(remarks: Sequence[str], written: str, known: Vocabulary, *, has: bool) -> bool:
    """Tell whether somebody has to read the line: a symptom beside a remark may be another's."""
    if GRAVE.search(written) or (has and remarks):
        return True
    said = [remark for remark in remarks if not known.denied.fullmatch(remark)]
    areas = any(area in remark for area in known.areas for remark in said)
    return areas or any(HEAVY.search(remark) for remark in said)

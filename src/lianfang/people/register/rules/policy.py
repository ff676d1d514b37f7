"""What the policy pack in force says of places, movement classes, transports and history."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lianfang.ground.response.rules import Pack, Words
from lianfang.people.register.rules.words import History

PROVINCE = 2
#: What a movement class of a pack can demand of a movement before it is the one.
CONDITIONS = ("in_town", "returned", "public", "other_province")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a list that the pack gives: its code and its words."""

    code: str
    words: Words


@dataclass(frozen=True, slots=True)
class MovementClass(Choice):
    """A movement class (R77 to R79) and what must hold for somebody to be in it."""

    when: Mapping[str, bool]

    def holds(self, facts: Mapping[str, bool | None]) -> bool:
        """Tell whether a movement is of this class; what nobody told decides nothing."""
        return bool(self.when) and all(facts[name] is told for name, told in self.when.items())


@dataclass(frozen=True, slots=True)
class Kind(Choice):
    """A kind of epidemiological history and what it is about."""

    about: str


@dataclass(frozen=True, slots=True)
class Policy:
    """What the register asks of a pack; where no response is in force, nothing."""

    home: tuple[str, ...] = ()
    key_areas: tuple[str, ...] = ()
    window_days: int | None = None
    classes: tuple[MovementClass, ...] = ()
    transports: tuple[Choice, ...] = ()
    public: frozenset[str] = frozenset()
    kinds: tuple[Kind, ...] = ()
    #: How many days the units look back that have said so of their own, by their paths.
    windows: Mapping[str, int] = field(default_factory=dict)

    def is_home(self, region: str) -> bool:
        """Tell whether a region lies in town."""
        return region.startswith(self.home) if self.home else False

    def is_key_area(self, region: str) -> bool:
        """Tell whether a region lies in a key area."""
        return bool(region) and region.startswith(self.key_areas)

    def is_other_province(self, region: str) -> bool | None:
        """Tell whether a region lies in another province; nobody knows without a region."""
        if not region or not self.home:
            return None
        return not region.startswith(tuple(prefix[:PROVINCE] for prefix in self.home))

    def kinds_about(self, *about: History) -> tuple[str, ...]:
        """Return the kinds of history that are about these; the bare words without a pack."""
        return tuple(kind.code for kind in self.kinds if kind.about in about) or about

    def words_of(self, code: str) -> Words:
        """Return the words of a movement class, a transport or a kind; the code where none is."""
        listed: Iterable[Choice] = (*self.classes, *self.kinds, *self.transports)
        return next((each.words for each in listed if each.code == code), Words(code, code))


NO_POLICY = Policy()


def policy_of(pack: Pack | None) -> Policy:
    """Read from a pack, as it holds at an instant, what the register asks of it."""
    if pack is None:
        return NO_POLICY
    transports = _entries(pack, "people.transports")
    return Policy(
        home=pack.texts("regions.home") if pack.has("regions.home") else (),
        key_areas=tuple(str(each["prefix"]) for each in _entries(pack, "regions.key_areas")),
        window_days=pack.whole("epi_window_days") if pack.has("epi_window_days") else None,
        classes=tuple(_class(each) for each in _entries(pack, "people.movement_classes")),
        transports=tuple(Choice(str(each["code"]), _words(each)) for each in transports),
        public=frozenset(str(each["code"]) for each in transports if each.get("public") is True),
        kinds=tuple(
            Kind(str(each["code"]), _words(each), str(each.get("about") or ""))
            for each in _entries(pack, "epi.kinds")
        ),
    )


def _class(told: Mapping[str, object]) -> MovementClass:
    when = {name: told[name] is True for name in CONDITIONS if name in told}
    return MovementClass(str(told["code"]), _words(told), when)


def _entries(pack: Pack, path: str) -> tuple[Mapping[str, object], ...]:
    return pack.entries(path) if pack.has(path) else ()


def _words(told: Mapping[str, object]) -> Words:
    return Words(str(told.get("zh") or ""), str(told.get("en") or ""))

"""What the standing of a response is made of, as screens and papers print it."""

from dataclasses import dataclass
from datetime import date, datetime

from lianfang.ground.response.rules import Countdown, Level, Pack, Stage, TurningPoint
from lianfang.ground.response.rules.chart import Chart


@dataclass(frozen=True, slots=True)
class LevelNow:
    """The response level in force; `words` is a msgid."""

    level: Level
    words: str
    since: datetime
    document: str


@dataclass(frozen=True, slots=True)
class PhaseNow:
    """A phase of the response; `words` is a msgid, `summary` tells of the phase before."""

    stage: Stage
    words: str
    since: datetime
    summary: str


@dataclass(frozen=True, slots=True)
class Square:
    """One day of a campaign."""

    day: date
    past: bool
    today: bool


@dataclass(frozen=True, slots=True)
class CourseStep:
    """A level or a phase in the course of the response; `words` is a msgid."""

    since: datetime
    words: str
    current: bool
    document: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class CampaignNow:
    """A campaign with its count of days."""

    name: str
    target: str
    starts_on: date
    count: Countdown
    squares: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class PeriodNow:
    """A key period and how many days of it are left."""

    name: str
    starts_on: date
    ends_on: date
    left: int
    running: bool


@dataclass(frozen=True, slots=True)
class CasesDay:
    """New confirmed cases of a region on a day, with where the number comes from."""

    day: date
    region: str
    new_confirmed: int
    source: str
    corrected: bool


@dataclass(frozen=True, slots=True)
class Series:
    """The case series of a region with its turning point by the method of the pack."""

    region: str
    days: tuple[CasesDay, ...]
    indicator: TurningPoint | None
    method: object
    chart: Chart

    @property
    def last(self) -> CasesDay:
        """Return the last day that is known."""
        return self.days[-1]

    @property
    def change(self) -> int | None:
        """Return the change from the day before, where that is known."""
        before = [each for each in self.days if (self.last.day - each.day).days == 1]
        return self.last.new_confirmed - before[0].new_confirmed if before else None


@dataclass(frozen=True, slots=True)
class Former:
    """A response that is over."""

    title_zh: str
    title_en: str
    started_at: datetime
    ended_at: datetime | None
    destroyed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Head:
    """The response level, a msgid, and which day of the response it is."""

    words: str
    day: int


@dataclass(frozen=True, slots=True)
class Situation:
    """How a response stands at an instant, for the head of every screen and the situation page."""

    code: str
    title_zh: str
    title_en: str
    started_on: date
    day: int
    level: LevelNow | None
    levels: tuple[LevelNow, ...]
    phase: PhaseNow | None
    phases: tuple[PhaseNow, ...]
    campaign: CampaignNow | None
    campaigns: tuple[CampaignNow, ...]
    periods: tuple[PeriodNow, ...]
    series: tuple[Series, ...]
    pack: Pack | None
    pack_fits: bool

    @property
    def course(self) -> list[CourseStep]:
        """Return levels and phases in one line of time, the newest first."""
        levels = [
            CourseStep(each.since, each.words, each == self.level, document=each.document)
            for each in self.levels
        ]
        phases = [
            CourseStep(each.since, each.words, each == self.phase, summary=each.summary)
            for each in self.phases
        ]
        return sorted([*levels, *phases], key=lambda step: step.since, reverse=True)

    @property
    def period(self) -> PeriodNow | None:
        """Return the key period that is running."""
        return next((each for each in self.periods if each.running), None)

"""The board as one value: what the page prints, and how it was asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import pgettext

from lianfang.ground.response import queries as response
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import NotAllowed
from lianfang.kernel.texts import msgid, msgid_in
from lianfang.rollup.board.queries.cells import WALL
from lianfang.rollup.board.queries.loops import Loops, by_kind, by_unit
from lianfang.rollup.board.queries.numbers import Numbers, numbers
from lianfang.rollup.board.queries.panels import Course, News, People, course, news, people
from lianfang.rollup.board.queries.progress import Progress, progress
from lianfang.rollup.board.queries.stamp import Stamp
from lianfang.rollup.board.queries.start import SEE
from lianfang.rollup.board.queries.table import By, Order, Table, limits_of, table
from lianfang.rollup.board.rules.columns import Population

NO_BOARD = msgid("There is no board for you here.")


@dataclass(frozen=True, slots=True)
class Asked:
    """How the board is asked for: the day, the order, whom it counts, on a wall or a desk."""

    day: date
    by: By = By.SECTOR
    population: Population = Population.STAFF
    projector: bool = False

    def query(self, **other: str) -> str:
        """Write the same question, or one that differs in something, as an address has it."""
        told = {"by": self.by.value, "of": self.population.value} | other
        return f"?{urlencode(told)}{f'&{WALL}' if self.projector else ''}"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the ways in which the table can be asked for."""

    word: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The board of a day."""

    asked: Asked
    pulse: str
    orders: Sequence[Choice]
    populations: Sequence[Choice]
    numbers: Numbers
    progress: Progress
    table: Table
    people: People
    loops: Loops
    course: Course | None
    news: Sequence[News]
    news_in_all: int


def page(actor: Actor, asked: Asked, stamp: Stamp, *, patient: bool = False) -> Page | None:
    """Return the board, or nothing before a response has begun.

    The table behind it is counted once for each version of the house.
    """
    refuse_stranger(actor)
    pack = response.pack_or_none(actor, clock.now())
    if pack is None:
        return None
    told = numbers(actor, asked.day, stamp, patient=patient)
    strip = progress(actor, told, pack)
    open_loops = by_unit(actor, told.units, told.as_of)
    situations, in_all = news(told, wall=asked.projector)
    return Page(
        asked=asked,
        pulse=asked.query(have=str(told.stamp)),
        orders=_orders(asked),
        populations=_populations(asked),
        numbers=told,
        progress=strip,
        table=table(
            told, open_loops, pack, Order(asked.by, asked.population, strip.dues, asked.projector)
        ),
        people=people(told, limits_of(pack), wall=asked.projector),
        loops=by_kind(actor, told.as_of),
        course=course(actor, told.as_of),
        news=situations,
        news_in_all=in_all,
    )


WORD = "board"
ORDER_WORDS = {
    By.SECTOR: msgid_in("board", "Sector"),
    By.RISK: msgid_in("board", "Risk"),
    By.REPORT: msgid_in("board", "Report"),
}
POPULATION_WORDS = {
    Population.STAFF: msgid_in("board", "Staff"),
    Population.ON_SITE: msgid_in("board", "On site"),
}


def _orders(asked: Asked) -> Sequence[Choice]:
    return [
        Choice(pgettext(WORD, word), asked.query(by=by.value), by is asked.by)
        for by, word in ORDER_WORDS.items()
    ]


def _populations(asked: Asked) -> Sequence[Choice]:
    return [
        Choice(pgettext(WORD, word), asked.query(of=whom.value), whom is asked.population)
        for whom, word in POPULATION_WORDS.items()
    ]


def refuse_stranger(actor: Actor) -> None:
    """Refuse whoever holds no post that has a board."""
    if not actor.reaches(SEE):
        raise NotAllowed(NO_BOARD)

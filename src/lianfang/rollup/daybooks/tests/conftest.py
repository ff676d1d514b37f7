"""A mill with people and a market, cut off on the last day of January 2020."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import time_machine
from django.test import Client

from lianfang.ground.orgs.models import Site, Stall, Unit, User
from lianfang.ground.response.models import Response
from lianfang.ground.response.services import begin_with_pack
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.people.register.models import Person
from lianfang.people.register.rules.lines import PersonLine, Whereabouts
from lianfang.people.register.rules.reading import StallTold
from lianfang.people.register.rules.words import Employment
from lianfang.people.register.services import enter
from lianfang.people.register.services.stalls import StallRow, take_stall
from lianfang.rollup.daybooks import services
from lianfang.rollup.daybooks.models import BookReturn
from lianfang.rollup.daybooks.rules.settling import Outcome
from lianfang.rollup.daybooks.rules.words import Reason
from lianfang.rollup.daybooks.services import HandedOut

DAY = date(2020, 1, 31)
ZONE = ZoneInfo("Asia/Shanghai")
Book = Any
SignIn = Callable[..., Client]
HEAD = 3


def at(hour: int, minute: int = 0, day: int = 31) -> datetime:
    return datetime(2020, 1, day, hour, minute, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Friday 31 January 2020, 07:30; it stands still until it is moved."""
    with time_machine.travel(at(7, 30), tick=False) as traveller:
        yield traveller


@pytest.fixture
def response(group: Unit, mill: Unit, port: Unit) -> Response:
    return begin_with_pack(OPERATOR, "covid19-2020-01", at(0, day=29))


def enter_one(unit: Unit, name: str, number: str = "", employment: str = "regular") -> Person:
    line = PersonLine(name=name, person_no=number, employment=Employment(employment))
    return enter(OPERATOR, unit, line, Whereabouts(in_town=True))


@pytest.fixture
def chen(mill: Unit, response: Response) -> Person:
    return enter_one(mill, "陈小满", "0183")


@pytest.fixture
def lin(mill: Unit, response: Response) -> Person:
    return enter_one(mill, "林海", "0184")


@pytest.fixture
def wang(mill: Unit, response: Response) -> Person:
    return enter_one(mill, "王芳", "", "stall_holder")


@pytest.fixture
def stall(market: Site, response: Response) -> Stall:
    told = StallTold(number="A1", helpers_declared=2, state="open", remark="")
    take_stall(OPERATOR, market, StallRow(told))
    return Stall.objects.get()


@pytest.fixture
def everybody(chen: Person, lin: Person, wang: Person, stall: Stall) -> list[Person]:
    return [chen, lin, wang]


@pytest.fixture
def out(everybody: list[Person], clerk: Actor, mill: Unit) -> HandedOut:
    """The mill's workbook of the day, in Chinese, given out by its clerk at half past seven."""
    return services.hand_out(clerk, mill, DAY, Reason.NO_NETWORK, "zh-hans")


@pytest.fixture
def sign_in() -> SignIn:
    """Open the house in the browser of somebody."""

    def open_(actor: Actor, language: str = "en") -> Client:
        client = Client(headers={"Accept-Language": language})
        user = User.objects.get(pk=actor.id)
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return open_


def opened(content: bytes) -> Book:
    """Open a workbook as another program does, openpyxl here, which knows nothing of ours."""
    return openpyxl.load_workbook(BytesIO(content))


def saved(book: Book) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def heads(book: Book, sheet: str) -> dict[str, int]:
    return {cell.value: cell.column for cell in book[sheet][HEAD] if cell.value}


def row_of(book: Book, sheet: str, first: str, column: int = 1) -> int:
    for row in range(HEAD + 1, book[sheet].max_row + 1):
        if str(book[sheet].cell(row, column).value) == first:
            return row
    raise LookupError(first)


def put(book: Book, sheet: str, row: int, told: Mapping[str, object]) -> None:
    places = heads(book, sheet)
    for name, value in told.items():
        book[sheet].cell(row, places[name]).value = value


def person(book: Book, name: str, **told: object) -> None:
    put(book, "人员", row_of(book, "人员", name, 2), told)


def newcomer(book: Book, number: int, **told: object) -> None:
    put(book, "人员", row_of(book, "人员", f"N{number}"), told)


def number(book: Book, code: str, **told: object) -> None:
    put(book, "手填数", row_of(book, "手填数", code), told)


def signed(book: Book, part: str, name: str, time: str = "15:00") -> None:
    put(book, "签字", row_of(book, "签字", part), {"签字人": name, "签字时间": time})


def news(book: Book, matter: str, text: str) -> None:
    put(book, "新情况", row_of(book, "新情况", matter), {"内容": text})


def brought(actor: Actor, book: Book, name: str = "M_2020-01-31(1).xlsx") -> BookReturn:
    content = book if isinstance(book, bytes) else saved(book)
    return services.take(actor, name, content)


def refused_at(outcome: Outcome) -> list[tuple[str, int, str, str]]:
    """Return where something is wrong: sheet, row, column, code."""
    return [(w.sheet, w.problem.row, w.problem.column, w.problem.code) for w in outcome.wrongs]

"""The workbook of a unit's day: what to do, people, stalls, numbers, new situations, names."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from lianfang.kernel.texts import msgid
from lianfang.rollup.daybooks.rules import words
from lianfang.rollup.daybooks.rules.columns import OF_NEWCOMERS, TODAY_AT, Columns, method_at
from lianfang.rollup.daybooks.rules.content import ISSUES, SPARE, Asked, Content
from lianfang.rollup.daybooks.rules.looks import HEAD_ROW, Cell, Look, Place, stamped
from lianfang.rollup.daybooks.rules.words import Matter

Say = Callable[[str], str]
#: Nothing that somebody typed is ever taken for a formula, an address or a number.
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
TITLE = msgid("%(unit)s: workbook of %(day)s")
UNTIL = msgid("Send it back by %(due)s. Numbers as of %(as_of)s.")
STEPS = (
    msgid("1. Fill in the yellow cells only. An empty cell means “not asked”; it is not 0."),
    msgid(
        "2. People: temperature as 36.5 or 365, Lo where the thermometer shows none; time as 8:30 "
        "(empty: the time beside “filled in by” on the last sheet). Newcomers go into the empty "
        "rows at the bottom, with name and kind at least."
    ),
    msgid(
        "3. Numbers: write 0 where there was none; where there is no number, choose why. "
        "New situations: write them down, or “yes” at the zero report."
    ),
    msgid("4. Names: who filled it in, who looked it through, who answers for it, and when."),
    msgid(
        "5. Save as .xlsx without a password and send it back by chat or mail to whoever gave it "
        "to you. Do not rename sheets or columns; sorting and another file name do no harm."
    ),
)
CALL = msgid("If anything is unclear, call: %(whom)s.")
PRIVATE = msgid("It names people: send it to nobody else, and delete it once it has been taken in.")
PEOPLE_BELOW = msgid("%(n)d people; empty rows for newcomers at the bottom.")
STALLS_BELOW = msgid("%(n)d stalls; leave empty what has not changed.")
NUMBERS_BELOW = msgid("Empty is not 0. Definitions stand beside each figure.")
NEWS_BELOW = msgid("One matter a line; no identity or telephone numbers, many people read this.")
NAMES_BELOW = msgid("Names typed here are shown as recorded on behalf of the signer.")
ISSUE_HINT = msgid("What happened, where, since when, what was done")
HELP_HINT = msgid("What the superior should settle")
ZERO_HINT = msgid("Write yes if nothing at all happened today")
#: Widths of the sheets that have no list of columns of their own.
READ_ME_WIDTH = 120


def workbook(content: Content, seal: str, say: Say) -> bytes:
    """Write the workbook, filled with what is known."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        pen = _Pen(book, content, say)
        pen.read_me()
        pen.people()
        if content.has_market:
            pen.stalls()
        pen.numbers()
        pen.news()
        pen.names()
        pen.stamp(seal)
        book.set_properties({"title": pen.title, "comments": str(content.stamp.book)})
    return file.getvalue()


class _Pen:
    """Writes the sheets of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook, content: Content, say: Say) -> None:
        self._book, self._told, self._say = book, content, say
        self._look, self._columns = Look(book, content.language), Columns(content.language, say)
        stamp = content.stamp
        self.title = say(TITLE) % {"unit": content.unit, "day": stamp.day}

    def read_me(self) -> None:
        """Say in five lines what to do, until when, and whom to call."""
        told, look = self._told, self._look
        sheet = self._book.add_worksheet(words.READ_ME.say(told.language))
        until = {"due": stamped(told.due), "as_of": stamped(told.as_of)}
        call = self._say(CALL) % {"whom": "、".join(told.call)} if told.call else ""
        lines = [*map(self._say, STEPS), call, self._say(PRIVATE)]
        sheet.set_column(0, 0, READ_ME_WIDTH)
        sheet.write_string(0, 0, f"{told.group} · {self.title}", look.title)
        sheet.write_string(1, 0, self._say(UNTIL) % until, look.wrap)
        for row, line in enumerate(filter(None, lines), 3):
            sheet.write_string(row, 0, line, look.wrap)
            sheet.set_row(row, 34 if len(line) > READ_ME_WIDTH / 2 else 20)
        look.set_up(sheet)

    def people(self) -> None:
        """Write who is asked, and empty rows for newcomers."""
        told, say = self._told, self._say
        places = self._columns.people(told.policy)
        sheet = self._sheet(words.PEOPLE, say(PEOPLE_BELOW) % {"n": len(told.people)}, places)
        inputs = [None] * sum(place.is_input for place in places)
        rows: list[list[Cell]] = []
        for who in told.people:
            known = (who.number, who.name, who.staff_no, who.population, who.kind, who.place)
            rows.append([*known, who.document, who.phone, who.last, *inputs])
            rows[-1][method_at(places)] = who.method or None
        rows += [[f"N{number}", *[None] * (len(places) - 1)] for number in range(1, SPARE + 1)]
        self._look.rows(sheet, places, rows)
        self._spare(sheet, places, HEAD_ROW + 1 + len(told.people))
        sheet.freeze_panes(HEAD_ROW + 1, 2)

    def _spare(self, sheet: Worksheet, places: Sequence[Place], first: int) -> None:
        """Let what is known of a newcomer be filled in: name, number, kind, document, phone."""
        valid = self._columns.kinds()
        for row in range(first, first + SPARE):
            for place, column in enumerate(places):
                if column.name in OF_NEWCOMERS:
                    sheet.write_blank(row, place, None, self._look.input())
        kind = next(at for at, column in enumerate(places) if column.name is words.KIND)
        sheet.data_validation(first, kind, first + SPARE - 1, kind, dict(valid))

    def stalls(self) -> None:
        """Write the stalls of the unit's markets."""
        told = self._told
        places = self._columns.stalls()
        below = self._say(STALLS_BELOW) % {"n": len(told.stalls)}
        sheet = self._sheet(words.STALLS, below, places)
        rows = [
            [s.site, s.site_name, s.number, s.holder, s.known, *[None] * 3] for s in told.stalls
        ]
        self._look.rows(sheet, places, rows)
        sheet.freeze_panes(HEAD_ROW + 1, 3)

    def numbers(self) -> None:
        """Write the figures that are typed at this unit."""
        places = self._columns.numbers()
        sheet = self._sheet(words.NUMBERS, self._say(NUMBERS_BELOW), places)
        rows: list[list[Cell]] = [
            [n.code, n.label, n.definition, n.measure, *_values(n), None, None]
            for n in self._told.numbers
        ]
        self._look.rows(sheet, places, rows)
        for row, figure in enumerate(self._told.numbers, HEAD_ROW + 1):
            told = self._columns.figure(figure)
            sheet.data_validation(row, TODAY_AT, row, TODAY_AT, dict(told))
            note = {"x_scale": 2.5, "y_scale": 1.2}
            sheet.write_comment(row, 1, self._say(figure.definition), note)
        sheet.freeze_panes(HEAD_ROW + 1, 2)

    def news(self) -> None:
        """Write what is known of new situations, and room for more."""
        told, say = self._told, self._say
        places = self._columns.news()
        sheet = self._sheet(words.NEWS, say(NEWS_BELOW), places)
        issues = told.new_issues.splitlines()
        issues += [""] * max(ISSUES - len(issues), 1)
        yes = words.YES.say(told.language) if told.zero else ""
        lines = [
            *((Matter.ISSUE, text, ISSUE_HINT) for text in issues),
            (Matter.HELP, " ".join(told.help_needed.splitlines()), HELP_HINT),
            (Matter.ZERO, yes, ZERO_HINT),
        ]
        names = words.MATTER_NAMES
        rows = [[names[m].say(told.language), text, say(hint)] for m, text, hint in lines]
        self._look.rows(sheet, places, rows)
        for row in range(HEAD_ROW + 1, HEAD_ROW + 1 + len(rows)):
            sheet.set_row(row, 36)
        sheet.freeze_panes(HEAD_ROW + 1, 0)

    def names(self) -> None:
        """Write who signs: the posts, and who is known to hold them."""
        places = self._columns.names()
        sheet = self._sheet(words.NAMES, self._say(NAMES_BELOW), places)
        told, language = self._told, self._told.language
        rows: list[list[Cell]] = [
            [name.say(language), None, None, told.signers.get(part) or None]
            for part, name in words.PART_NAMES.items()
        ]
        self._look.rows(sheet, places, rows)
        sheet.freeze_panes(HEAD_ROW + 1, 0)

    def stamp(self, seal: str) -> None:
        """Write whose workbook it is into a sheet that nobody sees."""
        sheet = self._book.add_worksheet(words.HIDDEN)
        for row, line in enumerate([("key", "value"), *self._told.stamp.lines(seal)]):
            for place, text in enumerate(line):
                sheet.write_string(row, place, text)
        sheet.protect("")
        sheet.very_hidden()
        self._book.define_name("lianfang_book", f"={words.HIDDEN}!$B$3")

    def _sheet(self, name: words.Name, below: str, places: Sequence[Place]) -> Worksheet:
        return self._look.sheet(name, self.title, below, places)


def _values(figure: Asked) -> Sequence[Cell]:
    """Return yesterday's and today's value as what they are: numbers as numbers."""
    told = (figure.yesterday, figure.today)
    return told if figure.is_text else [Decimal(each) if each else None for each in told]

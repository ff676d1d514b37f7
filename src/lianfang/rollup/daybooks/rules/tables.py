"""What the sheets of a workbook look like to whoever reads them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from lianfang.kernel import identities, masks
from lianfang.kernel.identities import BadValue
from lianfang.kernel.refusals import BadInput
from lianfang.kernel.spreadsheets import kinds
from lianfang.kernel.spreadsheets.cells import Cell, text_of, trimmed
from lianfang.kernel.spreadsheets.tables import Column, Kind, Mask, Row, Table
from lianfang.kernel.texts import msgid
from lianfang.people.checkins.rules.policy import Choice, Policy
from lianfang.people.checkins.rules.typed import typed_temperature
from lianfang.people.register.rules.names import places_named
from lianfang.people.register.rules.words import Employment
from lianfang.rollup.daybooks.rules import words
from lianfang.rollup.daybooks.rules.clocks import clock_time
from lianfang.rollup.daybooks.rules.words import Name

NO_PLACE = msgid("No region is called so; try province and city together, or the six digits.")
WHICH_PLACE = msgid("Several regions are called so; write province and city together.")
NO_SYMPTOM = msgid("%(word)s is not among the symptoms: %(choices)s.")
NONE_AND_MORE = msgid("Nothing and something do not go together.")
BETWEEN = re.compile("[、,，;；/\n]")
LO = "lo"
#: Those on site as the sheet of people calls them, beside the kinds of staff of a people file.
ON_SITE: dict[str, str] = {
    Employment.STALL_HOLDER: "经营户|stall holder",
    Employment.STALL_WORKER: "从业人员|帮工|stall worker",
    Employment.TENANT: "承租户|租户|tenant",
    Employment.CONTRACTOR: "外来施工|contractor",
}
EMPLOYED: dict[str, str] = {
    Employment.REGULAR: "正式|regular",
    Employment.TEMPORARY: "临时|temporary",
    Employment.DISPATCHED: "派遣|dispatched",
    Employment.OUTSOURCED: "外包|outsourced",
    Employment.INTERN: "实习|intern",
}
KINDS = kinds.choice({**EMPLOYED, **ON_SITE})
HOWS = kinds.choice({how: f"{name.zh}|{name.en}" for how, name in words.HOW_NAMES.items()})
WHY_NONE = kinds.choice(
    {
        "unknown": f"{words.UNKNOWN.zh}|{words.UNKNOWN.en}|不知道",
        "not_applicable": f"{words.NOT_APPLICABLE.zh}|{words.NOT_APPLICABLE.en}",
    }
)
STATES = kinds.choice({state: f"{n.zh}|{n.en}" for state, n in words.STATES.items()})


def temperature(cell: Cell, _row: Row) -> Decimal | str:
    """Take a temperature as the clerk's grid does; `lo` where the thermometer shows none."""
    try:
        found = typed_temperature(text_of(cell))
    except BadInput as wrong:
        raise BadValue("bad_number", wrong.sentence) from None
    return LO if found is None else found


def prose(cell: Cell, row: Row) -> str:
    """Take a text as it was written, with its own punctuation."""
    kinds.text(cell, row)
    return trimmed(cell) if isinstance(cell, str) else text_of(cell)


def region(cell: Cell, _row: Row) -> str:
    """Take a region as its six digits or by a name that means one place alone."""
    told = text_of(cell)
    if identities.SIX_DIGITS.fullmatch(told):
        return identities.region_in_force(told)
    found = places_named(told)
    if len(found) != 1:
        raise BadValue("bad_region", WHICH_PLACE if found else NO_PLACE)
    return found[0]


@dataclass(frozen=True, slots=True)
class Several:
    """Some of a list of the pack, or that there are none."""

    codes: Mapping[str, str]
    shown: str

    def __call__(self, cell: Cell, _row: Row) -> tuple[str, ...]:
        """Return the codes of the words in the cell; none where it says that there are none."""
        said = [word for piece in BETWEEN.split(text_of(cell)) for word in self._words(piece)]
        nothing = [word for word in said if word in NOTHING]
        if nothing and len(said) > len(nothing):
            raise BadValue("unknown_choice", NONE_AND_MORE)
        return tuple(dict.fromkeys(self._code(word) for word in said if word not in NOTHING))

    def _words(self, piece: str) -> list[str]:
        """Return a piece as one word of the list, or the words that spaces set apart in it."""
        whole = piece.strip().casefold()
        return [whole] if whole in self.codes else whole.split()

    def _code(self, word: str) -> str:
        if word not in self.codes:
            raise BadValue("unknown_choice", NO_SYMPTOM, word=word, choices=self.shown)
        return self.codes[word]


NOTHING = frozenset({words.NONE.zh, words.NONE.en, "没有", "正常", "0"})


def _several(choices: tuple[Choice, ...]) -> Several:
    codes = {word.casefold(): each.code for each in choices for word in (*_said(each), each.code)}
    return Several(codes, "、".join(each.words.zh for each in choices))


def _said(choice: Choice) -> tuple[str, ...]:
    return tuple(filter(None, (choice.words.zh, choice.words.en)))


def _one_of(choices: tuple[Choice, ...]) -> kinds.Choice:
    return kinds.choice({each.code: "|".join(_said(each)) for each in choices})


def named(name: Name, kind: Kind, most: int = 0, mask: Mask | None = None) -> Column:
    """Return a column of a sheet, which must be there under one of its names."""
    return Column(name.zh, kind, (name.en,), expected=True, max_length=most or None, mask=mask)


def people(policy: Policy) -> Table:
    """Return what the sheet of people looks like by a policy."""
    return Table(
        (
            named(words.NUMBER, kinds.text, 10),
            named(words.PERSON, kinds.text, 50, masks.name),
            named(words.STAFF_NO, kinds.text, 40),
            Column(words.KIND.zh, KINDS, (words.KIND.en,), expected=True),
            Column(words.DOCUMENT.zh, kinds.text, (words.DOCUMENT.en,), mask=masks.document),
            Column(words.PHONE.zh, kinds.text, (words.PHONE.en,), mask=masks.phone),
            named(words.TIME, clock_time),
            named(words.TEMPERATURE, temperature),
            named(words.METHOD, _one_of(policy.methods)),
            named(words.SYMPTOMS, _several(policy.symptoms)),
            named(words.IN_TOWN, kinds.boolean),
            named(words.REGION, region),
            *(Column(n.zh, kinds.boolean, (n.en,)) for n in words.ANSWER_NAMES.values()),
            named(words.HOW, HOWS),
            named(words.REMARK, prose, 200, masks.text),
        ),
        keys=((words.NUMBER.zh,),),
    )


STALLS = Table(
    (
        named(words.SITE, kinds.text, 40),
        named(words.STALL_NO, kinds.text, 40),
        named(words.STATE, STATES),
        named(words.HELPERS, kinds.Count(in_words=True, below=10**4)),
        named(words.REMARK, prose, 200, masks.text),
    ),
    keys=((words.SITE.zh, words.STALL_NO.zh),),
)


#: The value of a figure is taken as it is written: the register of figures reads it.
NUMBERS = Table(
    (
        named(words.CODE, kinds.text, 60),
        named(words.TODAY, kinds.text, 200),
        named(words.NO_NUMBER, WHY_NONE),
        named(words.SOURCE, prose, 120),
    ),
    keys=((words.CODE.zh,),),
)
MATTERS = kinds.choice({m: f"{n.zh}|{n.en}" for m, n in words.MATTER_NAMES.items()})
NEWS = Table((named(words.MATTER, MATTERS), named(words.TEXT, prose, 4000)))
PARTS = kinds.choice({part: f"{n.zh}|{n.en}" for part, n in words.PART_NAMES.items()})
NAMES = Table(
    (
        named(words.PART, PARTS),
        named(words.SIGNER, kinds.text, 50, masks.name),
        named(words.SIGNED, clock_time),
    ),
    keys=((words.PART.zh,),),
)

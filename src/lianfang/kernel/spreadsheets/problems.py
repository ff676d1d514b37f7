"""What can be wrong with a file and with a row, each said in one sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid

SHOWN = 60

SENTENCES = {
    "bad_character": msgid("There is a character in it that cannot be kept."),
    "bad_code": msgid(
        "A code has only letters, digits and - _ . in it, and begins with a letter or a digit."
    ),
    "bad_date": msgid("This is no date; write it as 2020-01-31."),
    "bad_number": msgid("This is no number that can be taken here."),
    "cycle": msgid("The unit would stand under itself."),
    "duplicate_in_file": msgid("Row %(names_row)s has the same; only one of them can be right."),
    "formula_error": msgid("The formula in this cell ends in an error."),
    "formula_without_value": msgid(
        "The formula in this cell has no value; open the file in Excel or WPS and save it again."
    ),
    "id_as_number": msgid(
        "The number was stored as a figure and has lost its last digits; enter it again as text."
    ),
    "missing": msgid("This must be filled in."),
    "negative": msgid("The number cannot be negative."),
    "other_name": msgid(
        "Registered under this document is %(known)s, not this name: correct the number, or, if "
        "the name has changed, change it on the person's page first."
    ),
    "person_no_taken": msgid("The staff number belongs to somebody else."),
    "registered_elsewhere": msgid("Already registered elsewhere."),
    "too_long": msgid("The text is longer than %(limit)s characters."),
    "unknown_choice": msgid("This word is not among those that can be chosen: %(choices)s."),
    "unknown_item": msgid("There is no such item in the catalogue."),
    "unknown_site": msgid("There is no such site."),
    "unknown_unit": msgid("There is no such unit."),
}

REFUSALS = {
    "bad_encoding": msgid("The text is neither UTF-8 nor GB 18030; save the file as CSV UTF-8."),
    "empty": msgid("The file has no rows."),
    "encrypted": msgid("The file is protected by a password; save it without one."),
    "external_links": msgid("The file has links to other workbooks; save it with values only."),
    "macros": msgid("The file has macros; save it as an ordinary workbook (.xlsx)."),
    "missing_column": msgid("A compulsory column is missing: %(columns)s."),
    "missing_sheet": msgid("The sheet %(sheet)s is missing; bring the workbook with all sheets."),
    "no_header": msgid("No sheet has a row with the names of the columns among its first ten."),
    "not_a_spreadsheet": msgid("The file is not a workbook (.xlsx) or CSV that can be read."),
    "too_large": msgid("The file is too large or unpacks to too much to be read safely."),
}
COUNTED_DIFFERENTLY = msgid(
    "Counted in two ways the file has %(first)s and %(second)s cells with values, so nothing of it "
    "was taken; open it in Excel or WPS and save it again."
)
FAR_CELL = msgid(
    "The sheet reaches to row %(row)s and column %(column)s; delete the cells far from the table."
)

Say = Callable[[str], str]


class FileRefused(BadInput):
    """A file of which nothing can be taken; the code is the import contract's."""

    def __init__(self, code: str, sentence: str = "", **values: object) -> None:
        """Take the code, and the sentence where it is not the code's usual one."""
        super().__init__(sentence or REFUSALS[code], "", **values)
        self.code = code

    def as_json(self, file: str, say: Say = str) -> dict[str, object]:
        """Return the refusal as `import --json` prints it."""
        message = say(self.sentence) % self.values
        return {"file": file, "refused": {"code": self.code, "message": message}}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell: where, which value (masked where personal), and why."""

    row: int
    column: str
    header: str
    value: str
    code: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    names_row: int | None = None

    def sentence(self, say: Say = str) -> str:
        """Return the message in the language of whoever reads it."""
        return say(self.message) % self.values

    def as_json(self, say: Say = str) -> dict[str, object]:
        """Return the problem as `import --json` prints it."""
        line: dict[str, object] = {
            "row": self.row,
            "column": self.column,
            "header": self.header,
            "value": self.value,
            "code": self.code,
            "message": self.sentence(say),
        }
        return line if self.names_row is None else line | {"names_row": self.names_row}


def shown(text: str) -> str:
    """Cut a long text, so that a list of problems can be read."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"

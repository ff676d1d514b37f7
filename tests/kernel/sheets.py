"""Small files for the tests of spreadsheets: well-made ones, and ones that nobody should make."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

from lianfang.kernel import masks
from lianfang.kernel.identities import Document
from lianfang.kernel.spreadsheets import kinds
from lianfang.kernel.spreadsheets.reading import Known, Reading, read
from lianfang.kernel.spreadsheets.tables import Column, Table

TODAY = date(2020, 1, 31)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

PEOPLE = Table(
    (
        Column("工号", kinds.text, ("员工编号",), compulsory=True, max_length=10),
        Column("姓名", kinds.text, compulsory=True, max_length=20, mask=masks.name),
        Column("证件类型", kinds.DOCUMENT, default=Document.IDENTITY_CARD),
        Column("证件号码", kinds.DocumentNumber("证件类型"), ("身份证号",), mask=masks.document),
        Column("手机号", kinds.mobile, ("手机", "联系电话"), mask=masks.phone),
        Column("单位编码", kinds.text, ("单位",), max_length=40, refers="unknown_unit"),
        Column("离开日期", kinds.day),
        Column("党员", kinds.boolean),
        Column("区划", kinds.region),
        Column("备注", kinds.text, max_length=500),
    ),
    keys=(("工号",), ("证件类型", "证件号码")),
)
HEADERS = tuple(column.name for column in PEOPLE.columns)


def wide(text: str) -> str:
    """Return a text in full-width letters, as Chinese keyboards write them."""
    return "".join(chr(ord(letter) + 0xFEE0) for letter in text)


def filled(**values: object) -> list[object]:
    """Return a row of the table above, by column."""
    return [values.get(name) for name in HEADERS]


def book(
    path: Path,
    rows: Sequence[Sequence[object]],
    headers: Sequence[str] = HEADERS,
    options: Mapping[str, object] | None = None,
    above: int = 0,
) -> Path:
    """Make an ordinary workbook with some rows above the header."""
    with xlsxwriter.Workbook(
        path, {"default_date_format": "yyyy-mm-dd"} | dict(options or {})
    ) as made:
        sheet = made.add_worksheet("人员")
        for number in range(above):
            sheet.write(number, 0, "人员台账")
        for number, row in enumerate((headers, *rows), above):
            for place, value in enumerate(row):
                sheet.write(number, place, value)
    return path


def raw(
    path: Path,
    sheet: str,
    strings: Sequence[str] | None = None,
    extra: Mapping[str, bytes] | None = None,
    workbook: str = "",
    sheets: str = '<sheet name="人员" sheetId="1" r:id="rId1"/>',
) -> Path:
    """Make a workbook out of bare XML, with whatever is wrong in it."""
    spaces = f'xmlns="{MAIN}" xmlns:r="{RELATIONS}"'
    book_xml = f"<workbook {spaces}>{workbook}<sheets>{sheets}</sheets></workbook>"
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in (1, 2)
    )
    relations += f'<Relationship Id="rId9" Type="{RELATIONS}/styles" Target="styles.xml"/>'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": book_xml,
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}'
        "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": worksheet(sheet),
    }
    if strings is not None:
        items = "".join(f"<si>{text}</si>" for text in strings)
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{items}</sst>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return path


def worksheet(rows: str) -> str:
    """Wrap rows of XML as a sheet, or what stands beside them too."""
    inner = rows if "sheetData" in rows else f"<sheetData>{rows}</sheetData>"
    return f'<worksheet xmlns="{MAIN}">{inner}</worksheet>'


def line(number: int, *texts: str) -> str:
    """Return a row of bare XML with texts from column A on."""
    cells = "".join(
        f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for place, text in enumerate(texts)
        if text
    )
    return f'<row r="{number}">{cells}</row>'


def people(path: Path, known: Known | None = None, name: str = "") -> Reading:
    """Read a file of people on the day of the story."""
    return read(path, PEOPLE, TODAY, known=known, name=name)


def codes(reading: Reading) -> list[tuple[int, str, str]]:
    """Return row, column and code of each problem."""
    return [(problem.row, problem.column, problem.code) for problem in reading.problems]


def csv_file(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """Write a CSV file in an encoding."""
    path.write_bytes(text.encode(encoding))
    return path


def zipped(path: Path, parts: Mapping[str, bytes]) -> Path:
    """Write any zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    path.write_bytes(buffer.getvalue())
    return path

"""Whether what phones load is understood by the browser that WeChat brings along.

WeChat on Android long came with Chromium 78 and 86. A selector that such a browser does not know
takes its whole rule away, and a script that it does not know does not run at all.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

DIST = Path(__file__).parents[2] / "src/lianfang/ground/web/static/web/dist"
#: What only the pages of a desk load.
DESK = ("main.ts", "paper.ts")
#: What came after Chromium 78, since when, and what to write instead.
STYLES = {
    r":has\(": "105: give the element a class",
    r"(?<!:not\():(?:is|where)\(": "88: write the selectors out",
    r"color-mix\(": "111: write the colour out in tokens.css",
    r"@container|@layer|@scope": "105: use a media query",
    r"(?:^|[;{])\s*inset(?:-[a-z]+)?:": "87: the build writes top, right, bottom, left",
    r"[:\s,(](?:min|max|clamp)\(": "79: use width with max-width",
    r"@media[^{]*[<>]": "104: use min-width and max-width",
    r"(?:margin|padding|inset)-(?:inline|block)": "87: use left, right, top, bottom",
    r"accent-color|text-wrap|scrollbar-gutter|content-visibility|overflow:\s*clip": "85 and later",
    r"(?:^|[;{}])\s*&": "112: the build unfolds nested rules",
}
SCRIPTS = {
    r"\?\.[a-zA-Z_$[(]": "80: the build writes optional chaining out",
    r"\?\?": "80: the build writes it out",
    r"\.at\(": "92: use an index",
    r"replaceAll\(": "85: use a regular expression",
    r"structuredClone|Object\.hasOwn": "93 and later",
    r"static\s*\{": "94",
    r"[{;\s]#[a-z]\w*\s*[=(;]": "74 and 84: no private members",
    r"showModal\(": "dialogs came late to WeChat",
}
GUARD = "@supports not (aspect-ratio:"
ROW = re.compile(r"display:(?:inline-)?flex")
GAP = re.compile(r"(?:^|;)gap:")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def assets(kind: str) -> Iterator[Path]:
    told = json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))
    files = {name: {each["file"], *each.get("css", [])} for name, each in told.items()}
    desk = set().union(*(told for name, told in files.items() if name.endswith(DESK)))
    for file in sorted(set().union(*files.values()) - desk):
        if file.endswith(kind):
            yield DIST / file


def guarded(css: str) -> str:
    """Return a stylesheet without the rules that an old browser is told to skip."""
    return re.sub(r"@supports\s*\([^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", css)


def test_there_is_something_to_look_at() -> None:
    assert {file.suffix for kind in (".css", ".js") for file in assets(kind)} == {".css", ".js"}


@pytest.mark.parametrize(("sign", "instead"), STYLES.items())
def test_the_styles_of_phones_are_understood(sign: str, instead: str) -> None:
    for file in assets(".css"):
        found = re.findall(sign, guarded(file.read_text(encoding="utf-8")))
        assert not found, f"{file.name}: {found} ({instead})"


@pytest.mark.parametrize(("sign", "instead"), SCRIPTS.items())
def test_the_scripts_of_phones_are_understood(sign: str, instead: str) -> None:
    for file in assets(".js"):
        found = re.findall(sign, file.read_text(encoding="utf-8"))
        assert not found, f"{file.name}: {found} ({instead})"


def test_a_height_in_dvh_stands_behind_a_question() -> None:
    for file in assets(".css"):
        assert not re.search(r"\d[dsl]vh", guarded(file.read_text(encoding="utf-8"))), file.name


def test_a_new_pseudo_class_stands_alone() -> None:
    """In a list it would take the others with it."""
    for file in assets(".css"):
        for selector, _body in RULE.findall(file.read_text(encoding="utf-8")):
            if ":focus-visible" in selector:
                assert "," not in selector, f"{file.name}: {selector}"


def test_boxes_in_a_row_are_apart_also_where_a_row_knows_no_gap() -> None:
    for file in assets(".css"):
        css = file.read_text(encoding="utf-8")
        old = css[css.find(GUARD) :].split("}", 1)[0] if GUARD in css else ""
        apart = {part.strip().removesuffix(">*+*") for part in re.split(r"[{,]", old)}
        for selectors, body in RULE.findall(css):
            if ROW.search(body) and GAP.search(body):
                rows = {part.strip() for part in selectors.split(",")}
                assert rows <= apart, f"{file.name}: add {rows - apart} to the end of phone.css"

"""axe on every page at every width; it finds about half of what is wrong, and that is none.

Each post walks along every link from where it is led; between them they have to reach every page
of the house. On each page nothing runs over the edge either, at the width itself and at the one
that remains when it is enlarged to 200 percent.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.addresses import ADDRESSES, GET
from tests.e2e.conftest import Room
from tests.e2e.visitor import Visitor
from tests.e2e.walking import Walk

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
GRAVE = {"serious", "critical"}
POSTS = (
    *("zhoulan", "chenyue", "clerk02", "principal02", "zhengyizhou", "zhengyizhou-lead"),
    *("employee", "admin", "shenji"),
)
#: What remains of the screen at 200 percent.
ENLARGED = {"desk": (683, 384), "phone": (320, 568)}
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: Pages that no link of the demo leads to, with the reason.
UNREACHED = {
    "checkins:own": "opened by a personal link alone",
    "checkins:own_fill": "opened by a personal link alone",
    "checkins:own_pass": "opened by a personal link alone",
    "board:live": "a part that the board asks for",
    "reports:rows": "a part that opens in its page",
}


@pytest.fixture(scope="module")
def seen() -> dict[str, set[str]]:
    """The names of the pages that all posts have seen between them, by width."""
    return {width: set() for width in ENLARGED}


def _wrong(visitor: Visitor, path: str, width: str) -> Iterator[str]:
    visitor.page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    found = visitor.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    for each in found["violations"]:
        if each["impact"] in GRAVE:
            for node in each["nodes"][:3]:
                yield f"{path}: {each['id']} ({each['impact']}) {node['html'][:160]}"
    size = visitor.page.viewport_size
    assert size is not None
    for wide, high in ((size["width"], size["height"]), ENLARGED[width]):
        visitor.page.set_viewport_size({"width": wide, "height": high})
        if (over := visitor.page.evaluate(OVER)) > 0:
            yield f"{path}: runs {over} px over the edge at {wide}"
    visitor.page.set_viewport_size(size)


@pytest.mark.parametrize("login", POSTS)
@pytest.mark.parametrize("width", ENLARGED)
def test_nothing_serious_stands_in_the_way_of_anybody(
    room: Room, demo: str, seen: dict[str, set[str]], login: str, width: str
) -> None:
    visitor = room.sit(demo, phone=width == "phone")
    visitor.take_post(login)
    walk = Walk()
    wrong = [line for path in walk.pages(visitor) for line in _wrong(visitor, path, width)]
    seen[width] |= walk.seen
    wrong += walk.broken
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("width", ENLARGED)
def test_every_page_was_walked_to(seen: dict[str, set[str]], width: str) -> None:
    pages = {name for name, address in ADDRESSES.items() if address.method == GET}
    missed = sorted(pages - seen[width] - set(UNREACHED))
    assert not missed, "\n".join(missed)


@pytest.mark.parametrize("width", ENLARGED)
def test_the_doors_are_open_to_everybody(room: Room, demo: str, width: str) -> None:
    visitor = room.sit(demo, phone=width == "phone")
    wrong: list[str] = []
    for path in ("/demo/", "/account/login/"):
        visitor.go(path)
        wrong += _wrong(visitor, path, width)
    assert not wrong, "\n".join(wrong)

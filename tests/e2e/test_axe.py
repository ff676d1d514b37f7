"""axe on every main page at both widths; it finds about half of what is wrong, and that is none."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.e2e.conftest import Room
from tests.e2e.visitor import Visitor

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
GRAVE = {"serious", "critical"}
DAY = "2020-01-31"
PAGES: Sequence[tuple[str, Sequence[str]]] = (
    (
        "zhoulan",
        (
            "/board/",
            f"/board/{DAY}/not_returned/OJ01/",
            "/reports/",
            f"/reports/{DAY}/OJ01/",
            "/reports/bulletin/",
            f"/reports/bulletin/{DAY}/",
            "/loops/",
            "/loops/assign",
            "/people/",
            "/response/",
            "/response/pack",
            "/orgs/units/",
            "/notices/",
            "/notices/write",
        ),
    ),
    ("clerk02", (f"/reports/{DAY}/OJ02/", "/checkins/", "/imports/", "/imports/people/")),
    ("principal02", (f"/reports/{DAY}/OJ02/", "/loops/")),
    ("employee", ("/checkin/fill", "/orgs/me/", "/audit/own/")),
    ("admin", ("/orgs/users/", "/orgs/sites/", "/orgs/tokens/", "/orgs/units/")),
    ("shenji", ("/audit/",)),
)
WIDTHS = ("desk", "phone")


def _wrong(visitor: Visitor, path: str) -> list[str]:
    visitor.go(path)
    visitor.page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    found = visitor.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{path}: {each['id']} ({each['impact']}) {node['html'][:160]}"
        for each in found["violations"]
        if each["impact"] in GRAVE
        for node in each["nodes"][:3]
    ]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("login", "paths"), PAGES, ids=[login for login, _ in PAGES])
def test_nothing_serious_stands_in_the_way_of_anybody(
    room: Room, demo: str, login: str, paths: Sequence[str], width: str
) -> None:
    visitor = room.sit(demo, phone=width == "phone")
    visitor.take_post(login)
    wrong = [line for path in paths for line in _wrong(visitor, path)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_doors_are_open_to_everybody(room: Room, demo: str, width: str) -> None:
    visitor = room.sit(demo, phone=width == "phone")
    wrong = [line for path in ("/demo/", "/account/login/") for line in _wrong(visitor, path)]
    assert not wrong, "\n".join(wrong)

"""A workbook of staff through the screen: looked at, carried out, and the second time all known."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.bench.people_file import Staff
from tests.e2e.visitor import Visitor

CLERK, UNIT, MANY = "clerk02", "OJ02", 12


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of a dozen people."""
    return Staff("browser").write(tmp_path_factory.mktemp("files") / "staff.xlsx", MANY, [UNIT])


def _bring(desk: Visitor, file: Path) -> None:
    desk.take_post(CLERK)
    desk.go("/imports/people/")
    desk.page.set_input_files("input[type=file]", file)
    desk.page.locator("main form button[type=submit]").click()
    desk.page.wait_for_load_state()


def test_the_preview_says_what_is_new_and_nothing_is_taken_before_it_is_confirmed(
    desk: Visitor, workbook: Path
) -> None:
    _bring(desk, workbook)
    confirm = desk.button(f"导入 {MANY} 行")
    expect(confirm).to_be_visible()
    confirm.click()
    desk.sees(f"导入了 {MANY} 行")


def test_the_second_time_everything_is_known(desk: Visitor, workbook: Path) -> None:
    _bring(desk, workbook)
    expect(desk.page.locator("button", has_text="导入")).to_have_count(0)


def test_a_file_that_is_no_workbook_is_refused_in_words(desk: Visitor, tmp_path: Path) -> None:
    odd = tmp_path / "staff.xlsx"
    odd.write_bytes(b"this is no workbook")
    with desk.refused():
        _bring(desk, odd)
    expect(desk.page.locator(".lf-error, .lf-errors").first).to_be_visible()

"""An installation that is no demo, and the frame of every page: sign-in, rail, menu, theme."""

from playwright.sync_api import expect

from tests.e2e.conftest import ADMINISTRATOR, PASSWORD
from tests.e2e.visitor import SEND, Visitor

TRIES = 5
RAIL = ".lf-rail a:not(.lf-rail-logo)"


def _rail(visitor: Visitor) -> list[str]:
    links = visitor.page.locator(RAIL)
    return [links.nth(at).get_attribute("href") or "" for at in range(links.count())]


def test_the_demo_is_not_to_be_found(own_desk: Visitor) -> None:
    with own_desk.refused():
        answer = own_desk.page.goto(own_desk.address + "/demo/")
        assert answer is not None
        assert answer.status == 404


def test_a_wrong_password_is_said_in_one_sentence(own_desk: Visitor) -> None:
    own_desk.sign_in(ADMINISTRATOR, "wrong")
    expect(own_desk.page.locator(".lf-errors, .lf-error").first).to_be_visible()


def test_who_signs_in_is_in_and_who_signs_out_is_out(own_desk: Visitor) -> None:
    own_desk.sign_in(ADMINISTRATOR, PASSWORD)
    own_desk.go("/notices/")
    own_desk.page.click(".lf-me summary")
    own_desk.page.click(".lf-menu button:has-text('退出登录')")
    own_desk.go("/notices/")
    expect(own_desk.page).to_have_url(f"{own_desk.address}/account/login/?next=/notices/")


def test_every_entry_of_the_rail_opens_and_fits_the_screen(own_desk: Visitor) -> None:
    own_desk.sign_in(ADMINISTRATOR, PASSWORD)
    own_desk.go("/notices/")
    paths = _rail(own_desk)
    assert paths
    for path in paths:
        own_desk.go(path)
        expect(own_desk.page.locator(".lf-top h1")).not_to_be_empty()
        wide = own_desk.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 1440, f"{path} is {wide} px wide"


def test_the_menu_changes_language_and_theme_and_both_stay(own_desk: Visitor) -> None:
    own_desk.sign_in(ADMINISTRATOR, PASSWORD)
    own_desk.go("/notices/")
    own_desk.page.click(".lf-me summary")
    own_desk.page.click("[data-set-theme=dark]")
    html = own_desk.page.locator("html")
    expect(html).to_have_attribute("data-theme", "dark")
    own_desk.page.reload()
    expect(html).to_have_attribute("data-theme", "dark")
    own_desk.page.click(".lf-me summary")
    own_desk.page.click("button[name=language][value=en]")
    expect(html).to_have_attribute("lang", "en")
    own_desk.go("/orgs/units/")
    expect(html).to_have_attribute("lang", "en")


def test_after_five_wrong_tries_the_account_is_locked_for_the_right_password_too(
    own_desk: Visitor,
) -> None:
    with own_desk.refused():
        for _ in range(TRIES):
            own_desk.sign_in(ADMINISTRATOR, "wrong")
        own_desk.page.goto(own_desk.address + "/account/login/")
        own_desk.page.fill("[name=login]", ADMINISTRATOR)
        own_desk.page.fill("[name=password]", PASSWORD)
        own_desk.page.click(SEND)
        own_desk.page.wait_for_load_state()
        own_desk.page.goto(own_desk.address + "/notices/")
    expect(own_desk.page).to_have_url(f"{own_desk.address}/account/login/?next=/notices/")

"""The frame of every page, in a browser: sign-in, rail, menu, theme, phone."""

from playwright.sync_api import expect

from tests.e2e.conftest import OFFICE, Visitor


def test_a_wrong_password_is_said_in_one_sentence(desk: Visitor) -> None:
    desk.go("/account/login/")
    desk.page.fill("[name=login]", OFFICE)
    desk.page.fill("[name=password]", "wrong")
    desk.page.click("main button[type=submit]:not(.lf-link)")
    expect(desk.page.locator(".lf-errors, .lf-error")).to_be_visible()


def test_every_entry_of_the_rail_opens_and_fits_the_screen(desk: Visitor) -> None:
    desk.sign_in()
    desk.go("/notices/")
    links = desk.page.locator(".lf-rail a:not(.lf-rail-logo)")
    paths = [links.nth(i).get_attribute("href") or "" for i in range(links.count())]
    assert paths
    for path in paths:
        desk.go(path)
        expect(desk.page.locator(".lf-top h1")).not_to_be_empty()
        wide = desk.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 1440, f"{path} is {wide} px wide"


def test_the_same_pages_fit_a_phone(phone: Visitor) -> None:
    phone.sign_in()
    phone.go("/notices/")
    links = phone.page.locator(".lf-rail a:not(.lf-rail-logo)")
    for path in [links.nth(i).get_attribute("href") or "" for i in range(links.count())]:
        phone.go(path)
        wide = phone.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, f"{path} is {wide} px wide"


def test_the_menu_changes_language_and_theme(desk: Visitor) -> None:
    desk.sign_in()
    desk.go("/notices/")
    desk.page.click(".lf-me summary")
    desk.page.click("[data-set-theme=dark]")
    expect(desk.page.locator("html")).to_have_attribute("data-theme", "dark")
    desk.page.reload()
    expect(desk.page.locator("html")).to_have_attribute("data-theme", "dark")
    desk.page.click(".lf-me summary")
    desk.page.click("button[name=language][value=en]")
    expect(desk.page.locator("html")).to_have_attribute("lang", "en")


def test_who_signs_out_is_out(desk: Visitor) -> None:
    desk.sign_in()
    desk.go("/notices/")
    desk.page.click(".lf-me summary")
    desk.page.click(".lf-menu button:has-text('退出登录')")
    desk.go("/notices/")
    expect(desk.page).to_have_url(f"{desk.address}/account/login/?next=/notices/")

"""The second step in a browser: an app, recovery codes, a passkey that is enough alone."""

from datetime import UTC, datetime

from playwright.sync_api import expect

from lianfang.ground.orgs.tests.signing_in import code_at
from tests.e2e.conftest import ADMINISTRATOR, PASSWORD, Room
from tests.e2e.visitor import SEND

PASSKEYS = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
CODES = 10


def test_an_app_then_a_passkey_that_is_enough_alone(room: Room, house: str) -> None:
    desk = room.sit(house.replace("127.0.0.1", "localhost"))
    page = desk.page
    machine = page.context.new_cdp_session(page)
    machine.send("WebAuthn.enable")
    machine.send("WebAuthn.addVirtualAuthenticator", {"options": PASSKEYS})
    desk.sign_in(ADMINISTRATOR, PASSWORD)

    desk.go("/account/second-step/app/")
    picture = page.locator(".lf-qr")
    assert picture.evaluate("image => image.naturalWidth") > 0
    key = page.inner_text("#key")
    page.fill("[name=code]", code_at(key, datetime.now(UTC)))
    page.click(SEND)
    page.wait_for_url("**/second-step/codes/")
    assert len(page.inner_text("#codes").split()) == CODES

    desk.go("/account/second-step/passkeys/add/")
    expect(page.locator("[data-no-passkeys]")).to_be_hidden()
    page.click("form[data-passkey] button")
    page.wait_for_url("**/orgs/me/account/")
    expect(page.locator("#main")).to_contain_text("通行密钥")

    page.context.clear_cookies()
    desk.go("/account/login/")
    page.click("form[data-passkey] button")
    page.wait_for_url(f"{desk.address}/board/")

    page.context.clear_cookies()
    desk.sign_in(ADMINISTRATOR, PASSWORD)
    page.wait_for_url("**/account/second-step/")
    page.click("form[data-passkey] button")
    page.wait_for_url(f"{desk.address}/board/")


def test_without_scripts_no_passkey_is_offered_and_the_password_is_enough(
    room: Room, house: str
) -> None:
    phone = room.sit(house, phone=True, script=False)
    phone.go("/account/login/")
    expect(phone.page.locator("form[data-passkey]")).to_be_hidden()
    expect(phone.page.locator("[name=password]")).to_be_visible()

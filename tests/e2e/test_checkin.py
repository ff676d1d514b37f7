"""An employee checks in on the phone: two actions on a quiet day."""

from playwright.sync_api import expect

from tests.e2e.visitor import Visitor

EMPLOYEE, FILL = "employee", "/checkin/fill"
TWICE = """async () => {
  const body = new URLSearchParams(new FormData(document.querySelector("form[data-answers]")));
  const send = () => fetch(location.href, {method: "POST", body}).then((answer) => answer.text());
  return Promise.all([send(), send()]);
}"""


def _temperature(phone: Visitor, value: str) -> None:
    phone.tap(phone.page.locator("label", has=phone.page.locator(f"input[value='{value}']")).first)


def test_the_page_fits_the_phone_and_every_target_is_large_enough(phone: Visitor) -> None:
    phone.take_post(EMPLOYEE)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390
    targets = phone.page.locator(".lf-temps label, .lf-go, summary, .lf-opts label >> visible=true")
    heights = [box["height"] for box in (target.bounding_box() for target in targets.all()) if box]
    assert heights
    assert min(heights) >= 44


def test_without_a_script_the_check_in_works_too(plain_phone: Visitor) -> None:
    plain_phone.take_post(EMPLOYEE)
    _temperature(plain_phone, "36.4")
    plain_phone.tap(plain_phone.page.locator("button[type=submit]"))
    plain_phone.sees("可进")
    assert plain_phone.actions == 2


def test_a_quiet_day_takes_two_actions(phone: Visitor) -> None:
    phone.take_post(EMPLOYEE)
    phone.go(FILL)
    _temperature(phone, "36.5")
    button = phone.page.locator(".lf-go")
    expect(button).to_contain_text("36.5")
    phone.tap(button)
    phone.sees("可进")
    expect(phone.page.locator("svg.lf-qr")).to_be_visible()
    assert phone.actions == 2


def test_a_symptom_is_told_in_five_and_what_follows_is_said_before_sending(phone: Visitor) -> None:
    phone.take_post(EMPLOYEE)
    phone.go(FILL)
    phone.tap(phone.page.locator(".lf-same-row summary").first)
    phone.tap(phone.page.locator("label", has=phone.page.locator("input[value='cough']")))
    expect(phone.page.locator(".lf-tell >> visible=true").first).to_be_visible()
    _temperature(phone, "36.6")
    phone.tap(phone.page.locator(".lf-go"))
    expect(phone.page.locator(".lf-hero")).to_be_visible()
    assert phone.actions <= 5


def test_sent_twice_it_is_received_once(phone: Visitor) -> None:
    phone.take_post(EMPLOYEE)
    phone.go(FILL)
    _temperature(phone, "36.7")
    answers = phone.page.evaluate(TWICE)
    assert sorted("已经收到" in answer for answer in answers) == [False, True]


def test_the_pass_is_one_action_away_later(phone: Visitor) -> None:
    phone.take_post(EMPLOYEE)
    expect(phone.page.locator(".lf-hero")).to_be_visible()
    assert phone.actions == 0


def test_out_of_town_stays_open_until_it_is_said_where(phone: Visitor) -> None:
    phone.take_post(EMPLOYEE)
    phone.go(FILL)
    row = phone.page.locator(".lf-same-row", has=phone.page.locator("input[name=in_town]"))
    if not row.evaluate("each => each.open"):
        phone.tap(row.locator("summary"))
    phone.tap(row.locator("label", has=phone.page.locator("input[value=no]")))
    province = row.locator("select[name=province]")
    province.select_option("")
    expect(province).to_be_visible()
    _temperature(phone, "36.5")
    phone.tap(phone.page.locator(".lf-go"))
    assert phone.page.url.endswith(FILL)
    province.select_option("420000")
    expect(phone.page.locator(".lf-go")).to_contain_text("36.5")


def test_the_pass_shows_without_signal_and_leaves_the_phone_at_signing_out(phone: Visitor) -> None:
    phone.take_post(EMPLOYEE)
    phone.go(FILL)
    _temperature(phone, "36.5")
    phone.tap(phone.page.locator(".lf-go"))
    expect(phone.page.locator("[data-pass-kept]")).to_be_visible()
    with phone.refused():
        phone.page.context.set_offline(True)
        phone.page.reload()
        expect(phone.page.locator("[data-pass-offline]")).to_be_visible()
        expect(phone.page.locator("svg.lf-qr")).to_be_visible()
        first = phone.page.locator("[data-running]").text_content()
        expect(phone.page.locator("[data-running]")).not_to_have_text(first or "", timeout=3000)
        phone.page.context.set_offline(False)
    phone.go("/account/logout/")
    phone.page.locator("form[action$='/logout/'] button").first.click()
    phone.page.wait_for_load_state()
    assert phone.page.evaluate("caches.has('lf-pass')") is False

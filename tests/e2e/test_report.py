"""The daily report of a late company: typed, signed, sent, accepted, and seen on the board."""

from playwright.sync_api import expect

from tests.e2e.visitor import Visitor

CLERK, PRINCIPAL, OFFICE = "clerk02", "principal02", "zhoulan"
#: Who is on duty changes every day; nothing was typed yesterday either.
NEVER_TYPED = 2
WHY = "口罩结存请再核对一次"
REPORT, BOARD = "/reports/2020-01-31/OJ02/", "/board/"


def test_what_is_open_is_typed_by_enter_and_the_rest_is_as_yesterday(desk: Visitor) -> None:
    desk.take_post(CLERK)
    expect(desk.page).to_have_url(desk.address + REPORT)
    empty = desk.page.locator("tr.lf-by-hand", has_text="待填").locator("input[name=value]")
    many = empty.count()
    assert many > 1
    empty.first.fill("3")
    empty.first.press("Enter")
    expect(empty).to_have_count(many - 1)
    desk.tap(desk.button("与昨日相同"))
    expect(empty).to_have_count(NEVER_TYPED)
    assert desk.actions == 1


def test_a_number_is_corrected_with_a_reason_and_taken_back(desk: Visitor) -> None:
    desk.take_post(CLERK)
    row = desk.page.locator("#figure-headcount_total")
    desk.tap(row.locator("summary"))
    row.locator("input[name=value]").fill("9999")
    desk.type(row.locator("input[name=reason]"), "新来的人还没有入册")
    desk.tap(row.locator(".lf-override button"))
    expect(row).to_contain_text("更正")
    desk.sees("不一致")
    assert desk.actions == 3
    desk.tap(row.locator("button.lf-edit"))
    expect(row).not_to_contain_text("9999")


def test_a_refused_number_is_said_beside_it_and_stays_as_it_was_typed(desk: Visitor) -> None:
    desk.take_post(CLERK)
    field = desk.page.locator("tr.lf-by-hand input.lf-input-n").first
    field.fill("很多")
    field.press("Enter")
    expect(desk.page.locator("tr.lf-by-hand .lf-error")).to_be_visible()
    expect(field).to_have_value("很多")


def test_a_signature_is_recorded_on_behalf_and_shown_so_and_the_report_is_sent(
    desk: Visitor,
) -> None:
    desk.take_post(CLERK)
    desk.go(REPORT)
    expect(desk.page.locator("button[disabled]")).to_be_visible()
    desk.tap(desk.button("代录签名"))
    expect(desk.page.locator(".lf-signs")).to_contain_text("代录")
    desk.tap(desk.button("报送集团"))
    desk.sees("日报已报送集团")
    assert desk.actions == 2


def test_the_office_returns_it_in_two_actions_and_the_clerk_reads_why(desk: Visitor) -> None:
    desk.take_post(OFFICE)
    desk.go(BOARD)
    expect(desk.page.locator(".lf-big")).to_contain_text("22")
    desk.go(REPORT)
    desk.press("r")
    desk.page.fill("#what-to-mend", WHY)
    desk.tap(desk.page.locator(".lf-give-back button"))
    desk.sees(WHY)
    assert desk.actions == 2
    desk.take_post(CLERK)
    desk.sees(WHY)


def test_the_principal_signs_and_the_clerk_sends_it_again(desk: Visitor) -> None:
    desk.take_post(CLERK)
    desk.go(REPORT)
    field = desk.page.locator("#value-visitors")
    field.fill("961")
    field.press("Enter")
    desk.sees("负责人还没有对现在的数字签名")
    desk.take_post(PRINCIPAL)
    desk.go(REPORT)
    desk.tap(desk.button("同意，签名"))
    desk.sees("负责人已签名")
    assert desk.actions == 1
    desk.take_post(CLERK)
    desk.go(REPORT)
    desk.tap(desk.button("报送集团"))
    desk.sees("日报已报送集团")
    assert desk.actions == 1


def test_the_office_accepts_and_the_board_changes(desk: Visitor) -> None:
    desk.take_post(OFFICE)
    desk.go(REPORT)
    desk.press("v")
    desk.sees("已收")
    desk.go(BOARD)
    expect(desk.page.locator(".lf-big")).to_contain_text("22")
    expect(desk.page.locator(".lf-late")).not_to_contain_text("澄溪水产")

"""The inbox by the keyboard: to the next and back, verify, return with a reason, take back."""

from playwright.sync_api import expect

from tests.e2e.visitor import Visitor

OFFICE, PRINCIPAL, UNIT = "zhoulan", "principal02", "澄溪水产"
TASKS = ("清点口罩库存", "检查冷库消毒", "上报值班安排")


def test_tasks_are_assigned_to_a_unit_and_stand_in_its_inbox(desk: Visitor) -> None:
    desk.take_post(OFFICE)
    for title in TASKS:
        desk.go("/loops/assign")
        desk.page.fill("[name=title]", title)
        desk.page.get_by_label(UNIT, exact=True).check()
        desk.page.locator("main form button[type=submit]").click()
        desk.page.wait_for_load_state()
    desk.take_post(PRINCIPAL)
    desk.go("/loops/?tab=mine")
    for title in TASKS:
        expect(desk.page.locator(".lf-item", has_text=title)).to_have_count(1)


def test_what_was_done_is_reported_with_a_note(desk: Visitor) -> None:
    desk.take_post(PRINCIPAL)
    for title in TASKS:
        desk.go("/loops/?tab=mine")
        desk.page.locator(".lf-item", has_text=title).click()
        expect(desk.page.locator(".lf-detail h2")).to_have_text(title)
        desk.page.fill("#loop-done-note", "已办，见台账")
        desk.page.locator("button[form=loop-done]").click()
        expect(desk.page.locator("[data-list]")).not_to_contain_text(title)


def test_j_and_k_walk_the_list_and_v_verifies_and_goes_on(desk: Visitor) -> None:
    desk.take_post(OFFICE)
    desk.go("/loops/?tab=verify&kind=task")
    shown, items = desk.page.locator(".lf-detail h2"), desk.page.locator(".lf-item")
    first, second = (items.nth(at).locator(".lf-item-title").inner_text() for at in (0, 1))
    expect(shown).to_have_text(first)
    desk.press("j")
    expect(shown).to_have_text(second)
    desk.press("k")
    expect(shown).to_have_text(first)
    desk.actions = 0
    desk.press("v")
    expect(desk.page.locator(".lf-toast").first).to_contain_text(first)
    assert desk.actions == 1
    expect(shown).to_have_text(second)
    desk.page.locator(".lf-toast button").first.click()
    expect(desk.page.locator("[data-list]")).to_contain_text(first)


def test_r_returns_with_a_reason_in_two_actions(desk: Visitor) -> None:
    desk.take_post(OFFICE)
    desk.go("/loops/?tab=verify&kind=task")
    title = desk.page.locator(".lf-detail h2").inner_text()
    desk.press("r")
    reason = desk.page.locator("button[name=reason]").first
    said = reason.inner_text()
    desk.tap(reason)
    expect(desk.page.locator("[data-list]")).not_to_contain_text(title)
    assert desk.actions == 2
    desk.take_post(PRINCIPAL)
    desk.go("/loops/?tab=mine")
    desk.page.locator(".lf-item", has_text=title).click()
    desk.sees(said)

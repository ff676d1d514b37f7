"""The afternoon of the group office: who is late, what a number counts, the bulletin."""

import re

from playwright.sync_api import expect

from tests.e2e.visitor import Visitor

OFFICE, CHECKER, COMPANY = "zhoulan", "chenyue", "鹭洲农批"
LATE = ("澄溪水产", "泓源印染", "汇川油品")


def test_who_is_late_is_seen_at_once_and_all_are_chased_in_one_action(desk: Visitor) -> None:
    desk.take_post(OFFICE)
    for name in LATE:
        expect(desk.page.locator(".lf-late").get_by_text(name)).to_be_visible()
    assert desk.actions == 0
    desk.tap(desk.button("催报 3 家"))
    for name in LATE:
        expect(desk.page.locator("#lf-toasts")).to_contain_text(name)
    assert desk.actions == 1


def test_a_typed_number_opens_to_who_typed_it(desk: Visitor) -> None:
    desk.take_post(OFFICE)
    desk.tap(desk.page.locator("tr", has_text=COMPANY).locator("a[href*='/close_contacts/']"))
    expect(desk.page.locator("#lf-drawer-mount tbody tr")).to_contain_text(COMPANY)
    assert desk.actions == 1


def test_a_counted_number_opens_to_its_people_and_they_to_their_file(desk: Visitor) -> None:
    desk.take_post(OFFICE)
    desk.tap(desk.page.locator("tr", has_text=COMPANY).locator("a[href*='/not_returned/']"))
    person = desk.page.locator("#lf-drawer-mount a.lf-person").first
    expect(person).to_be_visible()
    name = person.locator(".lf-person-name").inner_text()
    desk.tap(person)
    expect(desk.page.locator("main")).to_contain_text(name)
    expect(desk.page).to_have_url(re.compile("/people/"))
    assert desk.actions == 2


def test_the_bulletin_is_drafted_checked_and_released(desk: Visitor) -> None:
    desk.take_post(OFFICE)
    desk.page.click("text=核对每日情况")
    desk.sees("缺 3 家")
    desk.page.click("button:has-text('按现有日报拟稿')")
    desk.sees("请办公室另一人核对")
    desk.take_post(CHECKER)
    desk.go("/reports/bulletin/2020-01-31/")
    desk.tap(desk.button("看过无误，核对通过"))
    desk.sees("已核对，待签发")
    desk.take_post(OFFICE)
    desk.go("/reports/bulletin/2020-01-31/")
    desk.tap(desk.button("签发每日情况"))
    desk.page.click("#lf-ask button[value=yes]")
    desk.sees("已签发，不再变动")
    desk.go("/board/")
    desk.sees("每日情况已签发")


def test_the_bulletin_is_handed_out_as_a_word_document(desk: Visitor) -> None:
    desk.take_post(OFFICE)
    desk.go("/reports/bulletin/2020-01-30/")
    with desk.page.expect_download() as waiting:
        desk.page.click("text=Word")
    assert waiting.value.suggested_filename.endswith(".docx")


def test_the_day_before_stands_frozen(desk: Visitor) -> None:
    desk.take_post(OFFICE)
    desk.go("/reports/bulletin/2020-01-30/")
    desk.sees("已签发，不再变动")
    desk.go("/board/?day=2020-01-30")
    expect(desk.page.locator(".lf-heat tbody tr").first).to_be_visible()

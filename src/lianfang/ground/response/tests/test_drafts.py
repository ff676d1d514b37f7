from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest
import time_machine
from django.test import Client

from conftest import Post
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.rules import Role
from lianfang.ground.orgs.rules.posts import acts_of
from lianfang.ground.response import queries, services
from lianfang.ground.response.models import Draft, DraftText, PackVersion, Response
from lianfang.ground.response.rules import BadPack
from lianfang.ground.response.rules.drafting import Direction, Drafted, DraftKind, Line
from lianfang.ground.response.services import Beginning, Change
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import Conflict, NotAllowed, NotYourself

FEVER = "temperature.fever_ge_c"
ENGLISH = {"accept-language": "en"}


def hotter(text: str = "38.0", **more: str) -> Drafted:
    lines = (Line(FEVER, text, "集团通知第 3 号"),)
    told = {"title": "发热阈值", "valid_from": "2020-01-31T10:00"} | more
    return Drafted(lines=lines, **told)


@pytest.fixture
def second(group: Unit, post: Post) -> Actor:
    return post(Role.GROUP_OFFICE, group, "second-desk")


def begun(actor: Actor, group: Unit, told: Drafted | None = None) -> Draft:
    return services.begin_draft(actor, group, DraftKind.AMENDMENT, told or hotter())


def seen(actor: Actor, draft: Draft) -> tuple[PackVersion, int]:
    return queries.newest(actor, draft), queries.last_text(actor, draft).number


def test_a_second_person_puts_a_draft_in_force(
    morning: time_machine.Traveller,
    response: Response,
    group: Unit,
    overseer: Actor,
    second: Actor,
) -> None:
    draft = begun(overseer, group)
    with pytest.raises(NotYourself):
        services.put_in_force(overseer, group, draft, *seen(overseer, draft), alone=True)
    assert PackVersion.objects.count() == 1
    version = services.put_in_force(second, group, draft, *seen(second, draft))
    assert version.version == 2
    morning.move_to(clock.now() + timedelta(hours=1))
    pack = queries.pack_at(second, clock.now())
    assert str(pack.number(FEVER)) == "38.0"
    with pytest.raises(Conflict):
        services.save_draft(overseer, group, draft, Change(1, hotter("37.5")))


def test_a_lone_desk_puts_its_own_draft_in_force_and_says_so(
    response: Response, group: Unit, overseer: Actor
) -> None:
    draft = begun(overseer, group)
    with pytest.raises(NotYourself):
        services.put_in_force(overseer, group, draft, *seen(overseer, draft))
    version = services.put_in_force(overseer, group, draft, *seen(overseer, draft), alone=True)
    assert version.version == 2


def test_of_two_who_write_at_once_neither_writes_over_the_other_unseen(
    response: Response, group: Unit, overseer: Actor, second: Actor
) -> None:
    draft = begun(overseer, group)
    services.save_draft(second, group, draft, Change(1, hotter("37.5")))
    with pytest.raises(Conflict, match="second-desk"):
        services.save_draft(overseer, group, draft, Change(1, hotter("37.9")))
    assert DraftText.objects.filter(draft=draft).count() == 2
    services.save_draft(overseer, group, draft, Change(2, hotter("37.9")))
    assert [each.number for each in queries.savings(overseer, draft)] == [3, 2, 1]


def test_what_was_looked_at_is_what_is_put_in_force(
    response: Response, group: Unit, overseer: Actor, second: Actor
) -> None:
    draft, other = begun(overseer, group), begun(overseer, group, hotter(valid_from="2020-02-01"))
    looked_at = seen(second, draft)
    services.put_in_force(second, group, other, *looked_at)
    with pytest.raises(Conflict, match="newer version"):
        services.put_in_force(second, group, draft, *looked_at)


def test_what_somebody_saved_after_it_was_read_is_not_put_in_force_unread(
    response: Response, group: Unit, overseer: Actor, second: Actor, client: Client
) -> None:
    draft = begun(overseer, group)
    client.force_login(User.objects.get(pk=second.id))
    page = client.get(f"/response/drafts/{draft.pk}/", headers=ENGLISH).content.decode()
    assert page.count('name="number" value="1"') == 3
    services.save_draft(overseer, group, draft, Change(1, hotter("41.0")))
    told = {"enact": "1", "seen": str(queries.newest(second, draft).pk), "number": "1"}
    answer = client.post(f"/response/drafts/{draft.pk}/settle", told, headers=ENGLISH)
    assert answer.status_code == 409
    assert "saved this draft in the meantime" in answer.content.decode()
    assert PackVersion.objects.count() == 1
    told["number"] = "2"
    assert client.post(f"/response/drafts/{draft.pk}/settle", told).status_code == 302
    assert PackVersion.objects.count() == 2


def test_a_value_is_not_taken_out_over_what_somebody_else_typed_meanwhile(
    response: Response, group: Unit, overseer: Actor, second: Actor, client: Client
) -> None:
    draft = begun(overseer, group)
    client.force_login(User.objects.get(pk=second.id))
    services.save_draft(overseer, group, draft, Change(1, hotter("37.9")))
    leave = f"/response/drafts/{draft.pk}/leave/{FEVER}"
    assert client.post(leave, {"number": "1"}).status_code == 409
    assert client.post(leave, {"number": "x"}).status_code == 409
    assert queries.drafted_of(queries.last_text(second, draft)).line(FEVER) is not None
    assert client.post(leave, {"number": "2"}).status_code == 302
    assert queries.drafted_of(queries.last_text(second, draft)).line(FEVER) is None


def test_a_draft_is_laid_aside_with_its_response_and_never_enacted_on_the_next_one(
    response: Response, group: Unit, overseer: Actor, second: Actor, told: Beginning
) -> None:
    draft = begun(overseer, group)
    read = seen(second, draft)
    services.end(overseer, group, clock.now())
    draft.refresh_from_db()
    assert (draft.settled_by, draft.made) == (overseer.who, None)
    services.begin(overseer, group, replace(told, code="2021", started_at=clock.now()))
    Draft.objects.update(settled_at=None)
    with pytest.raises(Conflict, match="a response that has ended"):
        services.put_in_force(second, group, draft, *read)
    assert PackVersion.objects.count() == 2


def test_another_pack_too_is_a_draft_that_a_second_person_puts_in_force(
    response: Response, group: Unit, overseer: Actor, second: Actor, client: Client
) -> None:
    amended = begun(overseer, group, hotter(valid_from="2020-01-31T09:00"))
    services.put_in_force(second, group, amended, *seen(second, amended))
    client.force_login(User.objects.get(pk=overseer.id))
    told = {"pack_id": "covid19-2020-01", "reason": "回到原版"}
    answer = client.post("/response/enter/adopt", told)
    assert answer.headers["Location"] == "/response/drafts/"
    assert str(queries.pack_at(overseer, clock.now()).number(FEVER)) == "38.0"
    draft = Draft.objects.get(settled_at=None)
    with pytest.raises(NotYourself):
        services.put_in_force(overseer, group, draft, *seen(overseer, draft), alone=True)
    services.put_in_force(second, group, draft, *seen(second, draft))
    assert str(queries.pack_at(overseer, clock.now()).number(FEVER)) == "37.3"


@pytest.mark.parametrize("act", ["response.adopt", "response.amend"])
def test_no_post_changes_the_whole_pack_alone(overseer: Actor, act: str) -> None:
    assert not any(act in acts_of(role) for role in Role)
    assert not overseer.reaches(act)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (hotter("hot"), "not a value of this kind"),
        (Drafted("t", "2020-01-31", lines=(Line(FEVER, "38"),)), "which document"),
        (
            Drafted("t", "2020-01-31", lines=(Line("no.such", "1", "s"),)),
            "not a value of this pack",
        ),
        (Drafted("t", "", lines=(Line(FEVER, "38", "s"),)), "from which day"),
        (Drafted("", "2020-01-31", lines=(Line(FEVER, "38", "s"),)), "a title"),
        (Drafted("t", "2020-01-31"), "Nothing changes yet"),
        (hotter(valid_from="2019-12-01"), "the pack begins at"),
    ],
)
def test_a_draft_that_is_wrong_is_kept_and_says_what_is_wrong(
    response: Response, group: Unit, overseer: Actor, second: Actor, typed: Drafted, sentence: str
) -> None:
    draft = begun(overseer, group, typed)
    found = services.looked_at(overseer, draft, queries.last_text(overseer, draft))
    wrong = [*found.wrong.values(), *([found.whole] if found.whole else [])]
    assert not found.sound
    assert any(sentence in str(each) for each in wrong)
    with pytest.raises(BadPack):
        services.put_in_force(second, group, draft, *seen(second, draft))
    assert PackVersion.objects.count() == 1


def test_a_change_says_which_way_it_goes(response: Response, group: Unit, overseer: Actor) -> None:
    for text, way in (("38.0", Direction.LAXER), ("37.0", Direction.STRICTER)):
        draft = begun(overseer, group, hotter(text, valid_from="2020-01-31T09:00"))
        found = services.looked_at(overseer, draft, queries.last_text(overseer, draft))
        told = queries.changes_of(overseer, draft, found)
        assert [each for _, each in told] == [way]


def test_a_switched_off_part_says_which_figures_are_not_asked(
    response: Response, group: Unit, overseer: Actor
) -> None:
    line = Line("features.disinfection", "no", "集团决定", "D")
    draft = begun(overseer, group, Drafted("停止消毒", "2020-01-31T09:00", lines=(line,)))
    found = services.looked_at(overseer, draft, queries.last_text(overseer, draft))
    told = services.effects(overseer, draft, found)
    assert any("switched off" in each.sentence for each in told)
    assert len(told[0].rows) >= 2


def test_a_new_version_says_what_was_not_known(
    response: Response, group: Unit, overseer: Actor, second: Actor
) -> None:
    line = Line("stock.days_of_cover_min", "5", "集团防控办")
    told = Drafted("储备", lines=(line,))
    draft = services.begin_draft(overseer, group, DraftKind.EDITION, told)
    services.put_in_force(second, group, draft, *seen(second, draft))
    assert queries.pack_at(second, clock.now()).whole("stock.days_of_cover_min") == 5


def test_a_file_goes_out_and_comes_back_and_its_faults_are_named_by_line(
    response: Response, group: Unit, overseer: Actor, second: Actor, client: Client
) -> None:
    client.force_login(User.objects.get(pk=overseer.id))
    text = client.get("/response/pack/file").content.decode()
    assert "id: covid19-2020-01" in text
    changed = text.replace("value: 37.3", "value: 37.4", 1)
    answer = client.post("/response/drafts/file", {"title": "修订", "text": changed, "number": 0})
    draft = Draft.objects.get()
    assert answer.status_code == 302
    services.put_in_force(second, group, draft, *seen(second, draft))
    assert str(queries.pack_at(second, clock.now()).number(FEVER)) == "37.4"
    client.post(
        "/response/drafts/file", {"title": "坏的", "text": "id: x\nvalues:\n  a: {value: 1}\n"}
    )
    bad = Draft.objects.exclude(pk=draft.pk).first()
    assert bad is not None
    page = client.get(f"/response/drafts/{bad.pk}/", headers={"accept-language": "en"})
    assert "unit is missing" in page.content.decode()
    assert "line 3" in page.content.decode()


def test_the_editor_asks_by_shape_checks_live_and_keeps_what_was_typed(
    response: Response, group: Unit, overseer: Actor, client: Client
) -> None:
    client.force_login(User.objects.get(pk=overseer.id))
    page = client.get(f"/response/pack/amend?path={FEVER}")
    assert page.status_code == 200
    told = {"kind": "amendment", "title": "发热阈值", "path": FEVER}
    where = client.post("/response/pack/amend", told).headers["Location"]
    assert quote(FEVER) in where
    typed = {"text": "38.0", "source": "", "mark": "F", "number": 1, "check": "1"}
    said = client.post(where, typed, headers={"hx-request": "true", "accept-language": "en"})
    assert "say which document says so" in said.content.decode()
    said = client.post(where, typed | {"source": "通知"}, headers=ENGLISH)
    assert "laxer than before" in said.content.decode()
    kept = client.post(where, {"text": "hot", "source": "通知", "mark": "F", "number": 1})
    assert kept.status_code == 302
    draft = Draft.objects.get()
    shown = client.get(f"/response/drafts/{draft.pk}/", headers=ENGLISH).content.decode()
    assert "hot is not a value of this kind" in shown
    rules = f"/response/drafts/{draft.pk}/value/screening.rules"
    assert "fact-temperature" in client.get(rules).content.decode()
    unknown = "- {code: a, when: 'moon > 3', status: not_now, zh: 甲, en: A}"
    told = {"text": unknown, "source": "x", "mark": "D", "number": "2", "check": "1"}
    assert "moon" in client.post(rules, told, headers=ENGLISH).content.decode()
    good = "- {code: a, when: 'temperature > 37', status: not_now, zh: 甲, en: Too warm}"
    tried = client.post(rules, told | {"text": good, "fact-temperature": "38"}, headers=ENGLISH)
    assert "Too warm" in tried.content.decode()
    found = client.get(f"/response/drafts/{draft.pk}/find?q=fever", headers=ENGLISH)
    assert FEVER in found.content.decode()
    assert client.get("/response/drafts/").status_code == 200


def test_nobody_else_writes_drafts(
    response: Response, group: Unit, overseer: Actor, clerk: Actor
) -> None:
    draft = begun(overseer, group)
    with pytest.raises(NotAllowed):
        services.save_draft(clerk, group, draft, Change(1, hotter()))
    with pytest.raises(NotAllowed):
        queries.writing_group(clerk)

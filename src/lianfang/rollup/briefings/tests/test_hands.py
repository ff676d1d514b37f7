"""Two desks on one briefing: nobody overwrites the other, and nobody checks what he wrote."""

import pytest
from django.urls import reverse

from lianfang.ground.orgs.models import Unit
from lianfang.ground.response.models import Response
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import Conflict, NotYourself
from lianfang.rollup.briefings import services
from lianfang.rollup.briefings.models import Briefing
from lianfang.rollup.briefings.queries import page
from lianfang.rollup.reports.tests.conftest import DAY, SignIn


def text(body: str) -> services.Draft:
    return services.Draft(day=DAY, title="复工前排查情况", body=body)


@pytest.fixture
def row(response: Response, group: Unit, overseer: Actor) -> Briefing:
    return services.draft(overseer, group, text("第一稿。"))


def test_a_text_that_another_desk_has_kept_is_not_overwritten(
    row: Briefing, overseer: Actor, checker: Actor, sign_in: SignIn
) -> None:
    opened = row.digest
    services.write(checker, row, text("另一张桌子写的。"), opened)
    with pytest.raises(Conflict):
        services.write(overseer, row, text("晚到的。"), opened)
    told = {"title": "情况", "day": DAY.isoformat(), "body": "晚到的。", "digest": opened}
    client, url = sign_in(overseer, "zh-hans"), reverse("briefings:write", args=[row.pk])
    shown = client.post(url, told).content.decode()
    assert "已经保存了别的内容" in shown
    assert "晚到的。" in shown
    assert opened in shown
    row.refresh_from_db()
    assert row.body == "另一张桌子写的。"
    fresh = client.get(url).content.decode()
    assert row.digest in fresh
    assert client.post(url, told | {"digest": row.digest}).status_code == 302


def test_none_of_those_who_wrote_a_version_checks_it(
    row: Briefing, overseer: Actor, checker: Actor
) -> None:
    last = services.write(checker, row, text("改过。"), row.digest)
    for hand in (overseer, checker):
        with pytest.raises(NotYourself):
            services.check(hand, last, last.digest)
        assert page(hand, last).own_draft

"""A unit's report on its way round: the filler, the reviewer, the principal."""

import pytest

from conftest import Post as MakePost
from lianfang.ground.files.intake import take
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response.models import Response
from lianfang.ground.signing import queries as signing
from lianfang.ground.signing import services as signatures
from lianfang.ground.signing.models import Sheet
from lianfang.ground.signing.rules import Heard
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import Conflict, NotYourself
from lianfang.rollup.reports import queries, services
from lianfang.rollup.reports.rules.states import Signing
from lianfang.rollup.reports.tests.conftest import DAY
from lianfang.rollup.reports.tests.walking import open_loops

PDF = b"%PDF-1.4\n%%EOF\n"


def test_a_photo_of_the_signed_paper_is_kept_as_evidence(
    response: Response, mill: Unit, clerk: Actor, principal: Actor
) -> None:
    name = User.objects.get(pk=principal.id).name
    told = signatures.Recorded(name, Heard.PAPER, take("signed.pdf", PDF))
    made = services.sign(clerk, mill, DAY, Signing.PRINCIPAL, recorded=told)
    assert made.evidence is not None
    assert queries.standing(clerk, mill, DAY).signed == {Signing.PRINCIPAL}


def test_a_unit_s_report_goes_round_and_is_sent_with_its_names(
    response: Response, mill: Unit, clerk: Actor, principal: Actor, post: MakePost
) -> None:
    reviewer = post(Role.CLERK, mill, "reviewer")
    services.write(clerk, mill, DAY, "今日无异常", "", zero=False)
    services.sign(clerk, mill, DAY, Signing.FILLER)
    sheet = Sheet.objects.get(route="daily_report")
    assert [loop.key.split(":")[1] for loop in open_loops()] == [Signing.REVIEWER]
    with pytest.raises(NotYourself):
        services.sign(clerk, mill, DAY, Signing.REVIEWER)
    page = signing.page_of(reviewer, sheet.pk)
    signatures.agree(reviewer, sheet, Signing.REVIEWER, page.digest)
    assert [loop.owner_role for loop in open_loops()] == [Role.PRINCIPAL]
    signatures.agree(principal, sheet, Signing.PRINCIPAL, page.digest)
    report = services.submit(clerk, mill, DAY)
    assert [told[:2] for told in report.signatures] == [
        ["filler", "clerk-m"],
        ["reviewer", "reviewer"],
        ["principal", "principal-m"],
    ]
    with pytest.raises(Conflict):
        signatures.agree(principal, sheet, Signing.PRINCIPAL, page.digest)


def test_a_reviewer_who_does_not_come_holds_no_report_up(
    response: Response, mill: Unit, clerk: Actor, principal: Actor, post: MakePost
) -> None:
    reviewer = post(Role.CLERK, mill, "reviewer")
    services.write(clerk, mill, DAY, "今日无异常", "", zero=False)
    services.sign(clerk, mill, DAY, Signing.FILLER)
    services.sign(principal, mill, DAY, Signing.PRINCIPAL)
    assert not open_loops()
    with pytest.raises(Conflict):
        services.sign(reviewer, mill, DAY, Signing.REVIEWER)
    assert services.submit(clerk, mill, DAY).version == 1

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from conftest import Post, user_with
from lianfang.ground.orgs import models as orgs
from lianfang.ground.orgs import queries
from lianfang.ground.orgs.models import Gate, Site, Stall, Unit, User
from lianfang.ground.orgs.queries.site_pages import found_sites, found_stalls, site_lines, site_page
from lianfang.ground.orgs.rules import Role, SiteKind
from lianfang.ground.orgs.services import SiteLine, change_site, enter_site, give_post
from lianfang.ground.orgs.services.site_imports import SiteRow, take_site
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR
from lianfang.kernel.refusals import BadInput

MARKET = SiteLine("S1", "江海粮油市场", SiteKind.MARKET, gates=("南门", "北门"))


def test_a_code_belongs_to_one_site(market: Site, port: Unit) -> None:
    with pytest.raises(BadInput):
        enter_site(OPERATOR, port, replace(MARKET, name="冒名市场"))
    quay = enter_site(OPERATOR, port, SiteLine("Q", "码头", SiteKind.WAREHOUSE))
    with pytest.raises(BadInput):
        change_site(OPERATOR, quay, MARKET)
    assert set(Site.objects.values_list("code", flat=True)) == {"S1", "Q"}


def test_a_gate_that_is_named_no_more_is_closed_and_opens_again(market: Site) -> None:
    change_site(OPERATOR, market, replace(MARKET, gates=("南门", "货门")))
    assert {g.name for g in queries.gates(OPERATOR, market)} == {"南门", "货门"}
    change_site(OPERATOR, market, replace(MARKET, gates=("南门",)))
    assert Gate.objects.filter(name="北门").exclude(closed_at=None).exists()
    change_site(OPERATOR, market, replace(MARKET, gates=("南门", "北门")))
    assert {g.name for g in queries.gates(OPERATOR, market)} == {"南门", "北门"}
    assert Gate.objects.count() == 3


def test_a_site_that_goes_over_ends_the_posts_given_at_it(
    market: Site, mill: Unit, port: Unit, post: Post
) -> None:
    post(Role.GATEKEEPER, mill, "guard", market)
    clerk = post(Role.CLERK, mill)
    later = user_with(Role.CLERK, port, "later")
    give_post(OPERATOR, mill, later, Role.GATEKEEPER, market, clock.now() + timedelta(days=1))
    take_site(OPERATOR, mill, SiteRow("S1", {}), port)
    guard = queries.signed_in(User.objects.get(username="guard"))
    assert not queries.sites(guard).exists()
    assert not orgs.Post.objects.filter(site=market, valid_to=None).exists()
    assert queries.signed_in(User.objects.get(pk=clerk.id)).holds(Role.CLERK)


def test_a_code_that_would_break_an_address_is_refused(mill: Unit, market: Site) -> None:
    for code in ("A/1", "..", ".", "A B", "A?", "A#1", "50%", "-1", "", "A\\1"):
        with pytest.raises(BadInput) as refused:
            enter_site(OPERATOR, mill, replace(MARKET, code=code))
        assert refused.value.field == "code"
        if code != "-1":
            with pytest.raises(IntegrityError), transaction.atomic():
                Site.objects.filter(pk=market.pk).update(code=code)
    assert enter_site(OPERATOR, mill, replace(MARKET, code="北-1_a.2")).code == "北-1_a.2"


def test_sites_are_found_by_name_pinyin_kind_and_unit(market: Site, port: Unit) -> None:
    enter_site(OPERATOR, port, SiteLine("Q", "一号码头", SiteKind.WAREHOUSE, "滨江路 1 号"))
    assert [s.code for s in found_sites(OPERATOR, "matou")] == ["Q"]
    assert [s.code for s in found_sites(OPERATOR, "滨江")] == ["Q"]
    assert [s.code for s in found_sites(OPERATOR, "jhly")] == ["S1"]
    assert [s.code for s in found_sites(OPERATOR, kind=SiteKind.MARKET)] == ["S1"]
    assert [s.code for s in found_sites(OPERATOR, unit=port)] == ["Q"]


def test_the_stalls_of_a_market_are_counted_and_found(market: Site, post: Post) -> None:
    for number, state in (("A-1", "open"), ("A-2", "closed"), ("B-1", "open")):
        Stall.objects.create(site=market, unit=market.unit, number=number, state=state)
    page = site_page(OPERATOR, market)
    assert (page.stalls, [count for _state, count in page.states]) == (3, [2, 1])
    assert [s.number for s in found_stalls(OPERATOR, market, "A-")] == ["A-1", "A-2"]
    line = site_lines(OPERATOR, [market])[0]
    assert (line.gates, line.stalls) == (2, 3)


def test_a_site_shows_who_keeps_its_gates(market: Site, post: Post) -> None:
    post(Role.GATEKEEPER, market.unit, "guard", market)
    assert [guard.name for guard in site_page(OPERATOR, market).guards] == ["guard"]

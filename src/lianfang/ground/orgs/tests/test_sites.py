from dataclasses import replace

import pytest

from conftest import Post
from lianfang.ground.orgs import queries
from lianfang.ground.orgs.models import Gate, Site, Stall, Unit
from lianfang.ground.orgs.queries.site_pages import found_sites, found_stalls, site_lines, site_page
from lianfang.ground.orgs.rules import Role, SiteKind
from lianfang.ground.orgs.services import SiteLine, change_site, enter_site
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

from uuid import uuid4

from lianfang.ground.orgs.rules.reach import narrowed
from lianfang.kernel.actor import OPERATOR, Actor, AtSite, Grant, Kind, Subtree


def actor(*grants: Grant) -> Actor:
    return Actor(Kind.USER, "u", grants)


def test_the_operator_is_narrowed_to_the_unit() -> None:
    assert narrowed(OPERATOR, "001002").reaches("units.import") == (Subtree("001002"),)


def test_a_wider_post_is_narrowed_and_a_narrower_one_stays() -> None:
    acts = frozenset({"units.import"})
    wide, narrow = Grant(acts, Subtree("001")), Grant(acts, Subtree("001002001"))
    found = narrowed(actor(wide, narrow), "001002")
    assert found.reaches("units.import") == (Subtree("001002"), Subtree("001002001"))


def test_a_post_elsewhere_or_at_one_site_falls_away() -> None:
    acts = frozenset({"units.import"})
    away, gate = Grant(acts, Subtree("001009")), Grant(acts, AtSite(uuid4()))
    assert narrowed(actor(away, gate), "001002").grants == ()

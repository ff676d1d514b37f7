import pytest

from conftest import Post as Employ
from lianfang.ground.doors.act import ACTS
from lianfang.ground.doors.visible import visible
from lianfang.ground.loops.models import Loop
from lianfang.ground.orgs import queries
from lianfang.ground.orgs.models import Post, Site, Unit, User
from lianfang.ground.orgs.rules import ROLES, Role, acts_by_token, acts_of
from lianfang.ground.orgs.rules.duties import EVERYBODY, IN_PERSON
from lianfang.ground.orgs.services import make_token, new_secret
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR, Actor, Assigned, Subtree
from lianfang.kernel.refusals import BadInput


def token(unit: Unit, role: str, maker: Actor | None = None) -> Actor | None:
    secret = new_secret()
    user = User.objects.get(pk=maker.id) if maker else None
    make_token(OPERATOR, unit, role, secret, user=user)
    return queries.bearer(secret)


@pytest.mark.parametrize("role", ROLES)
def test_a_token_reaches_with_a_post_what_the_post_reaches_and_no_more(
    group: Unit, role: Role
) -> None:
    actor = token(group, role)
    assert actor is not None
    for act in EVERYBODY | acts_of(role):
        whole = Subtree(group.path) in actor.reaches(act)
        assert whole == (act in acts_of(role) - IN_PERSON), act
        if act in EVERYBODY:
            assert Assigned(None, group.pk) in actor.reaches(act)


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.GATEKEEPER])
def test_a_token_of_a_small_post_reads_no_loops(group: Unit, mill: Unit, role: Role) -> None:
    actor = token(group, role)
    assert actor is not None
    reached = [reach for reach in actor.reaches("loops.read") if isinstance(reach, Subtree)]
    assert not reached
    assert not visible(Loop, actor, "loops.read").exists()


def test_a_token_ends_with_the_posts_of_its_maker(mill: Unit, administrator: Actor) -> None:
    secret = new_secret()
    make_token(administrator, mill, Role.CLERK, secret, user=User.objects.get(pk=administrator.id))
    actor = queries.bearer(secret)
    assert actor is not None
    assert actor.human == administrator.human
    assert actor.reaches("checkins.record")
    Post.objects.filter(user_id=administrator.id).update(valid_to=clock.now())
    assert queries.bearer(secret) is None


def test_a_token_of_who_makes_tokens_elsewhere_opens_nothing(
    mill: Unit, port: Unit, post: Employ
) -> None:
    assert token(mill, Role.CLERK, post(Role.ADMINISTRATOR, port)) is None


def test_a_post_at_one_site_lends_nothing_at_the_whole_unit(
    mill: Unit, market: Site, post: Employ
) -> None:
    assert token(mill, Role.CLERK, post(Role.CLERK, mill, "at-site", market)) is None


def test_an_administrator_lends_no_act_that_is_done_in_person(
    group: Unit, administrator: Actor
) -> None:
    actor = token(group, Role.GROUP_OFFICE, administrator)
    assert actor is not None
    assert actor.reaches("checkins.record")
    for act in ("reports.accept", "loops.verify", "bulletins.release", "people.reveal"):
        assert not actor.reaches(act), act


def test_a_token_without_a_human_behind_it_verifies_nothing(group: Unit) -> None:
    actor = token(group, Role.GROUP_OFFICE)
    assert actor is not None
    assert actor.reaches("reports.read")
    for act in IN_PERSON:
        assert not [reach for reach in actor.reaches(act) if isinstance(reach, Subtree)], act


def test_whoever_holds_a_post_does_by_his_token_what_he_does_himself(
    group: Unit, overseer: Actor
) -> None:
    actor = token(group, Role.GROUP_OFFICE, overseer)
    assert actor is not None
    assert actor.reaches("reports.accept")
    assert actor.human == overseer.human


def test_a_token_never_does_more_than_its_post() -> None:
    every = frozenset(ACTS)
    for role in ROLES:
        for held in (None, frozenset[str](), every, acts_of(Role.ADMINISTRATOR)):
            assert acts_by_token(role, held) <= acts_of(role)


def test_no_token_has_a_post_of_the_group_at_a_company(mill: Unit) -> None:
    with pytest.raises(BadInput):
        make_token(OPERATOR, mill, Role.GROUP_OFFICE, new_secret())

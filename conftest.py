"""The cast: a group with a mill and a port, who works there, and who has no business there."""

from collections.abc import Callable
from functools import cache

import pytest
from django.contrib.auth.hashers import make_password
from hypothesis import HealthCheck, settings
from pytest_django import Settings

from lianfang.ground.orgs import queries
from lianfang.ground.orgs.models import Site, Unit, User
from lianfang.ground.orgs.rules import Role, SiteKind, UnitKind
from lianfang.ground.orgs.services import SiteLine, UnitLine, create_user, enter_site, enter_unit
from lianfang.ground.orgs.services import give_post as give
from lianfang.kernel.actor import OPERATOR, Actor

# A busy machine is no fault of a property: no deadline, and slow drawing of examples is allowed.
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)
settings.register_profile("house", deadline=None, suppress_health_check=SLOW)
settings.load_profile("house")

Post = Callable[..., Actor]
PASSWORD = "Lantern-7-harbour"


@pytest.fixture(autouse=True)
def known_for_sure(settings: Settings) -> None:
    """Nobody of the cast is asked for a second step; who tests sign-in asks for it himself."""
    settings.SECOND_STEP = False


@pytest.fixture
def group(db: None) -> Unit:
    """The group itself, 江海集团."""
    return enter_unit(OPERATOR, None, UnitLine("G", "江海集团", UnitKind.GROUP, "江海"))


@pytest.fixture
def mill(group: Unit) -> Unit:
    """A subsidiary that makes flour."""
    line = UnitLine("M", "江海面粉有限公司", UnitKind.SUBSIDIARY, "江海面粉", "food")
    return enter_unit(OPERATOR, group, line)


@pytest.fixture
def mill_branch(mill: Unit) -> Unit:
    """A branch of the mill."""
    return enter_unit(OPERATOR, mill, UnitLine("M1", "江海面粉二厂", UnitKind.BRANCH, "二厂"))


@pytest.fixture
def port(group: Unit) -> Unit:
    """A subsidiary that runs a harbour; foreign to the mill."""
    line = UnitLine("P", "江海港务有限公司", UnitKind.SUBSIDIARY, "江海港务", "logistics")
    return enter_unit(OPERATOR, group, line)


@pytest.fixture
def market(mill: Unit) -> Site:
    """A market that the mill runs."""
    line = SiteLine("S1", "江海粮油市场", SiteKind.MARKET, gates=("南门", "北门"))
    return enter_site(OPERATOR, mill, line)


@pytest.fixture
def post(db: None) -> Post:
    """Make an actor who holds a post at a unit."""

    def make(role: str, unit: Unit, name: str = "", site: Site | None = None) -> Actor:
        return queries.signed_in(user_with(role, unit, name, site))

    return make


@cache
def hashed_once() -> str:
    """Hash the cast's password once a run: argon2 is slow on purpose."""
    return make_password(PASSWORD)


def user_with(role: str, unit: Unit, name: str = "", site: Site | None = None) -> User:
    """Make a user who holds a post; the name tells two of one role apart."""
    login = name or f"{role}-{unit.code}".lower()
    user = create_user(OPERATOR, unit, login, login, "")
    User.objects.filter(pk=user.pk).update(password=hashed_once())
    user.refresh_from_db()
    give(OPERATOR, unit, user, role, site)
    return user


@pytest.fixture
def clerk(mill: Unit, post: Post) -> Actor:
    """The clerk of the mill."""
    return post(Role.CLERK, mill)


@pytest.fixture
def principal(mill: Unit, post: Post) -> Actor:
    """The principal of the mill."""
    return post(Role.PRINCIPAL, mill)


@pytest.fixture
def overseer(group: Unit, post: Post) -> Actor:
    """Somebody of the group office."""
    return post(Role.GROUP_OFFICE, group)


@pytest.fixture
def liaison(mill: Unit, post: Post) -> Actor:
    """The liaison leader of the mill."""
    return post(Role.LIAISON_LEADER, mill)


@pytest.fixture
def auditor(group: Unit, post: Post) -> Actor:
    """The auditor of the group."""
    return post(Role.AUDITOR, group)


@pytest.fixture
def administrator(group: Unit, post: Post) -> Actor:
    """The administrator of the group."""
    return post(Role.ADMINISTRATOR, group)


@pytest.fixture
def stranger(port: Unit, post: Post) -> Actor:
    """The clerk of the port, who has no business at the mill."""
    return post(Role.CLERK, port)

"""Reminding those who are missing: who is reached, who has nobody, and not twice in a minute."""

from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from time_machine import Traveller as Clock

from lianfang.ground.notices.models import Notice
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.rules import UnitKind
from lianfang.ground.orgs.services import UnitLine, enter_unit
from lianfang.ground.response.models import Response
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.rollup.reports.queries import chasing
from lianfang.rollup.reports.tests.conftest import DAY, SignIn, at

CHASE = reverse("reports:chase", args=[DAY])
LIST = reverse("reports:day", args=[DAY])


def press(client: Client) -> list[str]:
    """Press the button and return what is said."""
    return [str(message) for message in get_messages(client.post(CHASE).wsgi_request)]


def test_a_reminder_says_who_was_reached_and_who_has_nobody_to_sign_in(
    response: Response, mill: Unit, port: Unit, clerk: Actor, overseer: Actor, sign_in: SignIn
) -> None:
    said = press(sign_in(overseer))
    assert said[0] == "Reminded 1 unit: 江海面粉."
    assert "1 unit has no clerk and no principal who can sign in" in said[1]
    assert "江海港务" in said[1]


def test_a_clerk_whose_account_is_closed_is_not_said_to_be_reached(
    response: Response, mill: Unit, port: Unit, clerk: Actor, overseer: Actor, sign_in: SignIn
) -> None:
    User.objects.filter(pk=clerk.id).update(is_active=False)
    assert len(press(sign_in(overseer))) == 1


def test_a_second_press_says_when_it_was_sent_and_sends_nothing(
    response: Response,
    mill: Unit,
    port: Unit,
    clerk: Actor,
    overseer: Actor,
    sign_in: SignIn,
    afternoon: Clock,
) -> None:
    client = sign_in(overseer)
    press(client)
    sent = Notice.objects.count()
    afternoon.move_to(at(15, 25))
    said = press(client)
    assert said[-1].startswith("2 units were reminded at 15:20 already")
    assert Notice.objects.count() == sent
    afternoon.move_to(at(15, 31))
    assert press(client)[-2].startswith("Reminded 1 unit")
    assert Notice.objects.count() == 2 * sent


def test_the_button_asks_before_it_reminds_many_or_the_same_again(
    response: Response, group: Unit, mill: Unit, overseer: Actor, sign_in: SignIn
) -> None:
    client = sign_in(overseer)
    assert "data-confirm" not in _form(client)
    press(client)
    again = _form(client)
    assert "Last reminded at 15:20." in again
    assert "Remind 2 units of their reports now?" in again
    for number in range(4):
        enter_unit(OPERATOR, group, UnitLine(f"C{number}", f"企业{number}", UnitKind.SUBSIDIARY))
    many = chasing.button(overseer, DAY, 6)
    assert many is not None
    assert many.asks


def test_who_may_not_remind_has_no_button(
    response: Response, mill: Unit, clerk: Actor, sign_in: SignIn
) -> None:
    assert chasing.button(clerk, DAY, 3) is None
    assert CHASE not in sign_in(clerk).get(LIST).content.decode()


def _form(client: Client) -> str:
    """Return the button's form as the list of the day prints it."""
    page = client.get(LIST).content.decode()
    begin = page.index(f'action="{CHASE}"')
    return page[begin : page.index("</form>", begin)]

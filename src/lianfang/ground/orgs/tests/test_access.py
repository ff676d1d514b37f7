import pytest
from django.test import Client

from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.rules import Role
from lianfang.ground.orgs.tests.conftest import Browse


@pytest.mark.parametrize(("role", "shown"), [(Role.GROUP_OFFICE, False), (Role.AUDITOR, True)])
def test_the_tab_of_tokens_is_there_for_those_who_may_read_them(
    group: Unit, browse: Browse, role: Role, *, shown: bool
) -> None:
    client: Client = browse(role, group)
    assert ('href="/orgs/tokens/"' in client.get("/orgs/users/").content.decode()) is shown
    assert client.get("/orgs/tokens/").status_code == (200 if shown else 404)


@pytest.mark.parametrize("page", ["/orgs/me/", "/orgs/me/account/"])
def test_only_who_has_a_password_is_led_to_changing_it(
    mill: Unit, browse: Browse, page: str
) -> None:
    client: Client = browse(Role.CLERK, mill)
    link = "/account/password/change/"
    assert client.get(page).content.decode().count(link) >= 2
    user = User.objects.get()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    assert link not in client.get(page).content.decode()
    assert client.get(link, follow=True).redirect_chain[-1][0] == "/orgs/me/account/"

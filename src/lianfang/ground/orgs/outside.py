"""Signing in by somebody else's word: who is let in by it, and what the others are told."""

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from requests import RequestException

from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs import queries
from lianfang.ground.orgs.models import User
from lianfang.ground.orgs.services.accounts import accounts_of
from lianfang.kernel.actor import OPERATOR

View = Callable[..., HttpResponseBase]
LOG = logging.getLogger(__name__)
#: By what an account elsewhere is known again by its owner: the first that is told.
LABELS = ("preferred_username", "nick", "name", "userid")
UNKNOWN = _(
    "This account is not connected with anybody here. Sign in with your user name and password,"
    " and connect it on the page of your account."
)
CLOSED = _("Your account here is closed; ask the administrator of your company to open it again.")
WITHOUT_POST = _("You hold no post here at this moment; ask the administrator of your unit.")
TAKEN = _("This account is connected with somebody else here already.")
CANCELLED = _("You did not say yes there, so nothing was done. Try again or use your password.")
BROKEN = _(
    "The other side gave no answer that can be relied on. Try again in a minute, or use your"
    " password; if it stays so, tell the administrator."
)


class Outside(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Nobody is signed up; who is known comes in with an open account and a post."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Return what the settings set up; nothing of it stands in the database."""
        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Sign nobody up."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in whom the other side's word names here, and nobody else."""
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            self._connectable(request, sociallogin)
            return
        if not sociallogin.is_existing:
            self._connect_by_name(request, sociallogin)
        user = sociallogin.user if sociallogin.is_existing else None
        if not isinstance(user, User):
            raise refused(request, UNKNOWN)
        if not user.is_active:
            raise refused(request, CLOSED)
        if not _holds_a_post(user):
            raise refused(request, WITHOUT_POST)

    def _connectable(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing and sociallogin.user != request.user:
            raise refused(request, TAKEN)

    def _connect_by_name(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Connect by the unique name that both sides keep, where the settings say which it is."""
        name, provider = sociallogin.account.extra_data["username"], sociallogin.account.provider
        if not name:
            return
        user = visible(User, OPERATOR, "users.use").filter(username__iexact=name).first()
        taken = user and any(one.provider == provider for one in accounts_of(user))
        if user and user.is_active and _holds_a_post(user) and not taken:
            sociallogin.connect(request, user)

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: Mapping[str, Any]
    ) -> object:
        """Keep of what the other side says the account's own name, and nothing of the person."""
        app = sociallogin.provider.app
        said = _said(sociallogin.account.extra_data)
        label = next((str(said[key]) for key in LABELS if said.get(key)), sociallogin.account.uid)
        same = app.settings.get("username")
        name = str(said.get(same) or "") if same else ""
        sociallogin.account.extra_data = {"label": label, "username": name}
        return sociallogin.user

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: object) -> str:
        """Lead back to the page of the own account."""
        return reverse("orgs:account")

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: object,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: object = None,
    ) -> None:
        """Say in one sentence that it did not come off."""
        raise refused(request, CANCELLED if error == AuthError.CANCELLED else BROKEN)

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """Send no mail: what happens to an account stands in its trail."""


def _holds_a_post(user: User) -> bool:
    return queries.posts(OPERATOR, "posts.use").filter(user=user).exists()


class Issuer(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """An OIDC provider whose signature is checked, however its word came."""

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Take who somebody is from the signed token; what is said beside it is about the same."""
        told = {"id_token": self._decode_id_token(app, str(kwargs["response"].get("id_token", "")))}
        if "userinfo_endpoint" in self.openid_config:
            told["userinfo"] = self._fetch_user_info(token.token)
            if told["userinfo"].get("sub") != told["id_token"].get("sub"):
                raise OAuth2Error("userinfo is about somebody else")
        return self.get_provider().sociallogin_from_response(request, told)

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        found: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return found


def careful(view: View) -> View:
    """Let a door that is not set up not be found, and say so when the other side is out of order.

    It may be down, or answer with something that is none of what it promised.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except SocialApp.DoesNotExist as absent:
            raise Http404 from absent
        except (RequestException, OAuth2Error, ValueError, LookupError) as broken:
            LOG.warning("another door is out of order: %s", type(broken).__name__)
            page: HttpResponseBase = refused(request, BROKEN).response
            return page

    asked.login_required = False  # type: ignore[attr-defined]
    return asked


def refused(request: HttpRequest, sentence: str | Promise) -> ImmediateHttpResponse:
    """Return a refusal to sign somebody in, as a page with the way back."""
    page: HttpResponse = render(request, "account/outside.html", {"sentence": sentence}, status=403)
    return ImmediateHttpResponse(page)


def _said(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the other side says of an account; of OIDC only what it has signed."""
    signed: Mapping[str, Any] = data.get("id_token", data)
    return signed

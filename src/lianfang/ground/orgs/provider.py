"""WeCom (企业微信) as a door to sign in by; allauth finds it under this name.

Its OAuth is its own: the code is asked for by the number of the application, and is changed for
the member's userid with a token of the application, not of the member.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.base import ProviderAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from django.http import HttpRequest

API = "https://qyapi.weixin.qq.com"
#: In WeCom's or WeChat's own browser nobody can scan what stands on his own screen.
INSIDE = ("wxwork", "MicroMessenger")


class WeComClient(OAuth2Client):  # type: ignore[misc]
    """Asks with what WeCom calls things: corp and agent instead of client."""

    def get_redirect_url(
        self, authorization_url: str, scope: object, extra_params: Mapping[str, object]
    ) -> str:
        """Return where the browser is sent for a code."""
        told: dict[str, object] = {"appid": self.consumer_key, "redirect_uri": self.callback_url}
        told |= {"state": self.state, **extra_params}
        if "connect/oauth2" in authorization_url:
            told |= {"response_type": "code", "scope": "snsapi_base"}
            return f"{authorization_url}?{urlencode(told)}#wechat_redirect"
        return f"{authorization_url}?{urlencode({'login_type': 'CorpApp'} | told)}"

    def get_access_token(
        self, code: str, pkce_code_verifier: str | None = None, extra_data: object = None
    ) -> dict[str, Any]:
        """Return the application's own token, with the code that it is for."""
        told = {"corpid": self.consumer_key, "corpsecret": self.consumer_secret}
        return {**asked(self.access_token_url, told), "code": code}


class WeComAdapter(OAuth2Adapter):  # type: ignore[misc]
    """How WeCom is talked to."""

    provider_id = "wecom"
    client_class = WeComClient

    @property
    def access_token_url(self) -> str:
        """Where the application gets its token."""
        return f"{self._at('api', API)}/cgi-bin/gettoken"

    @property
    def authorize_url(self) -> str:
        """Where a member says yes: by scanning, or at once inside WeCom itself."""
        agent = self.request.META.get("HTTP_USER_AGENT", "")
        if any(mark in agent for mark in INSIDE):
            return f"{self._at('inside', 'https://open.weixin.qq.com')}/connect/oauth2/authorize"
        return f"{self._at('login', 'https://login.work.weixin.qq.com')}/wwlogin/sso/login"

    def complete_login(
        self, request: HttpRequest, app: object, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Change the code for the member's userid; somebody from outside has none."""
        told = {"access_token": token.token, "code": kwargs["response"]["code"]}
        member = asked(f"{self._at('api', API)}/cgi-bin/auth/getuserinfo", told)
        if not member.get("userid"):
            raise OAuth2Error("not a member of this company")
        return self.get_provider().sociallogin_from_response(request, {"userid": member["userid"]})

    def _at(self, name: str, known: str) -> str:
        """Return the address of one of WeCom's hosts; a private edition has its own."""
        return str(self.get_provider().app.settings.get(name) or known)


def asked(url: str, told: Mapping[str, object]) -> dict[str, Any]:
    """Ask WeCom something, and take an error for one though it comes as 200."""
    with get_adapter().get_requests_session() as session:
        answer = session.get(url, params=told)
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict) or found.get("errcode"):
        raise OAuth2Error(f"WeCom says {found if isinstance(found, dict) else ''}")
    return found


class WeComAccount(ProviderAccount):  # type: ignore[misc]
    """A member of the company in WeCom."""

    def to_str(self) -> str:
        """Return his userid."""
        return str(self.account.uid)


class WeComProvider(OAuth2Provider):  # type: ignore[misc]
    """WeCom beside allauth's own providers."""

    id = "wecom"
    name = "WeCom"
    account_class = WeComAccount
    oauth2_adapter_class = WeComAdapter

    def extract_uid(self, data: Mapping[str, str]) -> str:
        """Return what a member is known by, in this company and for good."""
        return data["userid"]

    def extract_common_fields(self, data: Mapping[str, str]) -> dict[str, str]:
        """Return nothing: nobody is signed up."""
        return {}

    def get_auth_params(self) -> dict[str, str]:
        """Name the application."""
        return {"agentid": self.app.settings["agent"]}


provider_classes = [WeComProvider]

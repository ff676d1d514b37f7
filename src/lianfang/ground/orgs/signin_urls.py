"""The addresses of signing in; of allauth's others there is nothing here.

Accounts are opened, and forgotten passwords set anew, by the administrator.
"""

from allauth.account import views as account
from allauth.mfa.base import views as steps
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount.providers.dingtalk import views as dingtalk
from allauth.socialaccount.providers.feishu import views as feishu
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, re_path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianfang.ground.orgs.outside import Issuer, View, careful
from lianfang.ground.orgs.provider import WeComAdapter

CLOSED = r"^(?:signup|email|confirm-email|password/reset|login/code|phone)/"


@login_not_required
def nothing(_request: HttpRequest) -> HttpResponse:
    """Answer as if nothing were there, to everybody alike."""
    raise Http404(_("Accounts are opened by the administrator of your company."))


def own(_request: HttpRequest) -> HttpResponse:
    """Lead from what allauth calls its overview to the page of the own account."""
    return redirect("orgs:account")


def oidc_login(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Send somebody to the issuer."""
    answer: HttpResponseBase = OAuth2LoginView.adapter_view(Issuer(request, provider_id))(request)
    return answer


def oidc_callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Take somebody back from the issuer."""
    adapter = Issuer(request, provider_id)
    answer: HttpResponseBase = OAuth2CallbackView.adapter_view(adapter)(request)
    return answer


def door(name: str, address: str, there: View, back: View) -> list[URLPattern]:
    """Return both addresses of another door: the way there, by a form only, and the way back."""
    return [
        path(f"{address}/login/", require_POST(careful(there)), name=f"{name}_login"),
        path(f"{address}/login/callback/", careful(back), name=f"{name}_callback"),
    ]


urlpatterns = [
    re_path(CLOSED, nothing),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", nothing, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", own, name="account_set_password"),
    path("second-step/", steps.authenticate, name="mfa_authenticate"),
    path("second-step/again/", steps.reauthenticate, name="mfa_reauthenticate"),
    path("second-step/all/", own, name="mfa_index"),
    path("second-step/app/", app.activate_totp, name="mfa_activate_totp"),
    path("second-step/app/there/", own, name="mfa_deactivate_totp"),
    path("second-step/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "second-step/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path("second-step/passkeys/", own, name="mfa_list_webauthn"),
    path("second-step/passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path(
        "second-step/passkeys/again/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("second-step/passkeys/login/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    *door(
        "wecom",
        "wecom",
        OAuth2LoginView.adapter_view(WeComAdapter),
        OAuth2CallbackView.adapter_view(WeComAdapter),
    ),
    *door("dingtalk", "dingtalk", dingtalk.oauth2_login, dingtalk.oauth2_callback),
    *door("feishu", "feishu", feishu.oauth2_login, feishu.oauth2_callback),
    *door("openid_connect", "<slug:provider_id>", oidc_login, oidc_callback),
]

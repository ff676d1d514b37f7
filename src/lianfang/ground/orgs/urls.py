"""Addresses of units, sites, users and tokens."""

from django.urls import path

from lianfang.ground.orgs.views import account, handing, sites, tokens, units, users

app_name = "orgs"
urlpatterns = [
    path("units/", units.units, name="units"),
    path("units/<uuid:key>/", units.unit, name="unit"),
    path("units/<uuid:key>/enter", units.unit_enter, name="unit_enter"),
    path("units/<uuid:key>/change", units.unit_change, name="unit_change"),
    path("units/<uuid:key>/move", units.unit_move, name="unit_move"),
    path("units/<uuid:key>/name", units.unit_name, name="unit_name"),
    path("units/<uuid:key>/sites/enter", sites.site_enter, name="site_enter"),
    path("sites/", sites.sites, name="sites"),
    path("sites/<uuid:key>/", sites.site, name="site"),
    path("sites/<uuid:key>/change", sites.site_change, name="site_change"),
    path("sites/<uuid:key>/stalls", sites.stalls_print, name="stalls_print"),
    path("users/", users.users, name="users"),
    path("users/enter", users.user_enter, name="user_enter"),
    path("users/<uuid:key>/", users.user, name="user"),
    path("users/<uuid:key>/change", users.user_change, name="user_change"),
    path("users/<uuid:key>/password", users.user_password, name="user_password"),
    path("users/<uuid:key>/post", users.post_give, name="post_give"),
    path("posts/<uuid:key>/end", users.post_end, name="post_end"),
    path("posts/<uuid:key>/hand-over", handing.hand_over, name="hand_over"),
    path("hand-overs/<uuid:key>/back", handing.take_back, name="take_back"),
    path("users/<uuid:key>/sign-ins/end", account.user_sessions_end, name="user_sessions_end"),
    path("users/<uuid:key>/second-step", account.user_factors_take, name="user_factors_take"),
    path("me/", users.me, name="me"),
    path("me/account/", account.account, name="account"),
    path("me/second-step", account.second_step, name="second_step"),
    path("me/factors/<int:number>/remove", account.factor_remove, name="factor_remove"),
    path("me/factors/<int:number>/name", account.factor_rename, name="factor_rename"),
    path("me/doors/<int:number>/disconnect", account.disconnect, name="disconnect"),
    path("me/sign-ins/end", account.sessions_end, name="sessions_end"),
    path("me/sign-ins/<uuid:number>/end", account.session_end, name="session_end"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/make", tokens.token_make, name="token_make"),
    path("tokens/<uuid:key>/revoke", tokens.token_revoke, name="token_revoke"),
]

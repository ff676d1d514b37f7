"""Other doors to sign in by: what of OIDC, DingTalk, Feishu and WeCom the environment sets up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lianfang.config import environment as env

#: By which settings each is set up: all of them or none.
NEEDED = {
    "openid_connect": ("OIDC_URL", "OIDC_ID", "OIDC_SECRET"),
    "dingtalk": ("DINGTALK_ID", "DINGTALK_SECRET"),
    "feishu": ("FEISHU_ID", "FEISHU_SECRET"),
    "wecom": ("WECOM_CORP", "WECOM_AGENT", "WECOM_SECRET"),
}
#: How they are called in English; the screens translate it.
CALLED = {"dingtalk": "DingTalk", "feishu": "Feishu", "wecom": "WeCom"}
#: What belongs to one of them and means nothing without it.
BESIDE = {"openid_connect": ("OIDC_NAME", "OIDC_USERNAME"), "wecom": ("WECOM_USERNAME",)}
#: What an issuer says of a person, which two may share or somebody may change for himself.
NOT_UNIQUE = frozenset({"email", "name", "nickname", "phone_number"})
#: Where the browser is sent; a form that leads there is allowed to.
ORIGINS = {
    "dingtalk": ("https://login.dingtalk.com",),
    "feishu": ("https://open.feishu.cn", "https://accounts.feishu.cn"),
    "wecom": ("https://login.work.weixin.qq.com", "https://open.weixin.qq.com"),
}


@dataclass(frozen=True, slots=True)
class Doors:
    """The providers as allauth takes them, and the origins to which forms may lead."""

    providers: Mapping[str, Mapping[str, Any]]
    origins: tuple[str, ...]


def read(public_url: str) -> Doors:
    """Read which providers are set up; half of one stops the start."""
    known = {"openid_connect": _oidc, "dingtalk": _app, "feishu": _app, "wecom": _wecom}
    found: dict[str, Mapping[str, Any]] = {}
    origins: list[str] = []
    for name in NEEDED:
        if not _whole(name):
            continue
        if not public_url:
            raise env.WrongSetting(
                f"{env.PREFIX}{NEEDED[name][0]} is set without {env.PREFIX}PUBLIC_URL; set the "
                "address under which people reach this installation, or the way back is unknown."
            )
        found[name] = known[name](name)
        origins += ORIGINS.get(name) or [_origin(env.text("OIDC_URL"))]
    return Doors(found, tuple(origins))


def _whole(name: str) -> bool:
    """Tell whether a provider is set up; refuse one that is set up by half."""
    told = [word for word in NEEDED[name] if env.text(word)]
    beside = [word for word in BESIDE.get(name, ()) if env.text(word)]
    missing = [env.PREFIX + word for word in NEEDED[name] if word not in told]
    if missing and (told or beside):
        raise env.WrongSetting(
            f"{env.PREFIX}{(told or beside)[0]} is set without {', '.join(missing)}; "
            "set all of them or none."
        )
    return bool(told)


def _app(name: str) -> Mapping[str, Any]:
    key, secret = (env.text(word) for word in NEEDED[name])
    told = {"name": CALLED[name], "client_id": key, "secret": secret}
    return {"APPS": [told]}


def _wecom(name: str) -> Mapping[str, Any]:
    corp, agent, secret = (env.text(word) for word in NEEDED[name])
    if not agent.isascii() or not agent.isdigit():
        raise env.WrongSetting(
            f"{env.PREFIX}WECOM_AGENT is {agent!r}; set it to the number of the application."
        )
    same = "userid" if env.yes("WECOM_USERNAME", default=False) else ""
    settings = {"agent": agent, "username": same}
    told = {"name": CALLED[name], "client_id": corp, "secret": secret, "settings": settings}
    return {"APPS": [told]}


def _oidc(_name: str) -> Mapping[str, Any]:
    url, key, secret = (env.text(word) for word in NEEDED["openid_connect"])
    if not _origin(url):
        raise env.WrongSetting(
            f"{env.PREFIX}OIDC_URL is {url!r}; set it to the issuer's address, https://…"
        )
    if (same := env.text("OIDC_USERNAME")) in NOT_UNIQUE:
        raise env.WrongSetting(
            f"{env.PREFIX}OIDC_USERNAME is {same!r}, which names nobody for sure; set it to a "
            "field that the issuer keeps unique, or leave it out."
        )
    return {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": env.text("OIDC_NAME", "OIDC"),
                "client_id": key,
                "secret": secret,
                "settings": {"server_url": url, "username": same},
            }
        ],
    }


def _origin(url: str) -> str:
    """Return scheme and host of an address that is safe to ask; nothing for any other."""
    parts = urlsplit(url)
    here = parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"}
    safe = bool(parts.hostname) and (parts.scheme == "https" or here)
    return f"{parts.scheme}://{parts.netloc}" if safe else ""

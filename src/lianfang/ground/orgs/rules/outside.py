"""How the other doors to sign in by are called."""

from collections.abc import Mapping
from types import MappingProxyType

from lianfang.kernel.texts import msgid_in

PROVIDER = "provider"
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "dingtalk": msgid_in("provider", "DingTalk"),
        "feishu": msgid_in("provider", "Feishu"),
        "wecom": msgid_in("provider", "WeCom"),
    }
)
FACTOR = "second step"
FACTORS: Mapping[str, str] = MappingProxyType(
    {
        "totp": msgid_in("second step", "Authenticator app"),
        "webauthn": msgid_in("second step", "Passkey"),
        "recovery_codes": msgid_in("second step", "Recovery codes"),
    }
)

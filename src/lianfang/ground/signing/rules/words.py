"""How the steps of a route are called: kept under one context, so that they read alike."""

from collections.abc import Mapping
from types import MappingProxyType

from lianfang.kernel.texts import msgid_in

#: The context under which the catalogue keeps them.
WORD = "signing"
STEP_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "filler": msgid_in("signing", "Filled in by"),
        "reviewer": msgid_in("signing", "Reviewer"),
        "principal": msgid_in("signing", "Principal"),
        "drafted": msgid_in("signing", "Drafted"),
        "checked": msgid_in("signing", "Checked"),
        "endorsed": msgid_in("signing", "Endorsed"),
        "released": msgid_in("signing", "Issued"),
    }
)

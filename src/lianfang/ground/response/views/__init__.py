"""Screens of the response: how it stands, what its policy pack says, and what changes both."""

from lianfang.ground.response.views.course import change, situation
from lianfang.ground.response.views.drafts import (
    amend,
    bring,
    draft,
    drafts,
    find,
    leave_out,
    settle,
    value,
)
from lianfang.ground.response.views.packs import export, lift, pack, tighten, versions

__all__ = [
    "amend",
    "bring",
    "change",
    "draft",
    "drafts",
    "export",
    "find",
    "leave_out",
    "lift",
    "pack",
    "settle",
    "situation",
    "tighten",
    "value",
    "versions",
]

"""Screens of the response: how it stands, what its policy pack says, and what changes both."""

from lianfang.ground.response.views.course import change, situation
from lianfang.ground.response.views.packs import amend, lift, pack, tighten

__all__ = ["amend", "change", "lift", "pack", "situation", "tighten"]

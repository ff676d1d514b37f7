"""The policy packs that come with the program."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from lianfang.ground.response.rules import BadPack, Leaf, Pack, parse
from lianfang.ground.response.rules.wholeness import check_keys, check_sound
from lianfang.kernel.texts import msgid

FOLDER = Path(__file__).with_name("packs")


@cache
def packs(folder: Path = FOLDER) -> Mapping[str, Pack]:
    """Return the packs that can be chosen, by their id; a parent is read before its children."""
    contents = [yaml.safe_load(file.read_text("utf-8")) for file in sorted(folder.glob("*.yaml"))]
    found: dict[str, Pack] = {}
    while contents:
        ready = [each for each in contents if (each.get("parent") or "") in {"", *found}]
        if not ready:
            raise BadPack(msgid("A policy pack has a parent that is not there."))
        for content in ready:
            check_keys(content)
            pack = parse(content, found.get(content.get("parent") or ""))
            check_sound(pack)
            found[pack.id] = pack
            contents.remove(content)
    return found


@cache
def known() -> Mapping[str, Leaf]:
    """Return the shape of every value that any pack of ours has: its unit, label and kind."""
    found: dict[str, Leaf] = {}
    for pack in packs().values():
        for each in (pack.leaves, *(amendment.sets for amendment in pack.amendments)):
            found = {**each, **found}
    return found

"""The Chinese catalogues, without gettext's own tools: compile, check, bring up to date.

`python -m lianfang.ground.web.catalogues compile|check|update`. An app's sentences stand in its own
catalogue; those that all share, and those of floors without apps, in the one of `ground/web`.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[2]
SHARED = PACKAGE / "ground" / "web"
PLACE = Path("locale") / "zh_Hans" / "LC_MESSAGES" / "django.po"
HEADER = "# Chinese (Simplified) words of Lianfang.\n#"
VALUES = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def compile_all() -> int:
    """Write every catalogue as Django reads it."""
    for po in sorted(PACKAGE.rglob("LC_MESSAGES/*.po")):
        with po.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(po))
    return 0


def check() -> int:
    """Name every sentence that is not translated, not used or not sure; 1 when there is one."""
    wrong = list(_problems())
    for line in wrong:
        print(line)
    return 1 if wrong else 0


def update() -> int:
    """Add to each app's catalogue what it says and has no words for; drop what nobody says."""
    from lianfang.ground.web import msgids

    said = msgids.by_app(PACKAGE, SHARED)
    shared = read(SHARED / PLACE)
    everything = set().union(*said.values())
    for app, mine in said.items():
        catalogue = read(app / PLACE)
        keep = {key[:2] for key in (everything if app == SHARED else mine)}
        for message in [one for one in catalogue if one.id]:
            if (message.context or "", _first(message)) not in keep:
                catalogue.delete(_first(message), message.context)
        for context, text, plural in sorted(mine, key=str):
            if not (_found(catalogue, context, text) or _found(shared, context, text)):
                ids = (text, plural) if plural else text
                catalogue.add(ids, context=context or None)
        write(app / PLACE, catalogue)
    return 0


def read(po: Path) -> Catalog:
    """Read a catalogue; an empty one where there is none."""
    if not po.exists():
        return Catalog("zh_Hans", "django", HEADER, "lianfang", fuzzy=False)
    with po.open("rb") as file:
        return read_po(file, locale="zh_Hans", domain="django")


def write(po: Path, catalogue: Catalog) -> None:
    """Write a catalogue that says something, in the shape in which people edit it."""
    if not [message for message in catalogue if message.id]:
        return
    po.parent.mkdir(parents=True, exist_ok=True)
    with po.open("wb") as file:
        write_po(file, catalogue, width=0, omit_header=False, no_location=True)


def _problems() -> Iterator[str]:
    from lianfang.ground.web import msgids

    said = msgids.by_app(PACKAGE, SHARED)
    shared = read(SHARED / PLACE)
    everything = {key[:2] for keys in said.values() for key in keys}
    for app, mine in said.items():
        own = shared if app == SHARED else read(app / PLACE)
        name = app.relative_to(PACKAGE).as_posix()
        for context, text, _plural in sorted(mine, key=str):
            message = _found(own, context, text) or _found(shared, context, text)
            if why := _unready(message):
                yield f"{name}: {why}: {f'[{context}] ' if context else ''}{text}"
        used = everything if app == SHARED else {key[:2] for key in mine}
        for message in own:
            if message.id and (message.context or "", _first(message)) not in used:
                yield f"{name}: nobody says: {_first(message)}"


def _unready(message: Message | None) -> str:
    if message is None:
        return "no Chinese"
    told = message.string
    words = [word or "" for word in told] if isinstance(told, tuple | list) else [told or ""]
    if not all(words):
        return "no Chinese"
    if message.fuzzy:
        return "not sure (fuzzy)"
    wanted = set(VALUES.findall(_plural(message)))
    if any(set(VALUES.findall(word)) - wanted for word in words):
        return "the Chinese names a value that the English has not"
    return ""


def _found(catalogue: Catalog, context: str, text: str) -> Message | None:
    return catalogue.get(text, context or None)


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[0])


def _plural(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[1])


COMMANDS = {"compile": compile_all, "check": check, "update": update}


if __name__ == "__main__":
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    if word not in COMMANDS:
        sys.exit(f"Say which: {', '.join(COMMANDS)}.")
    sys.exit(COMMANDS[word]())

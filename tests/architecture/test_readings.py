"""Who reads past the walls, and in which room each module of an app stands."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

from lianfang.ground.doors.act import ACTS

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "lianfang"
EVERYWHERE = {"OPERATOR", "CLOCK"}
VERBS = {"read", "own", "use"}
APPS = [file.parent for file in sorted(SOURCE.glob("*/*/apps.py"))]
#: What has an order of its own: the doors themselves, and the plain parts of the screens.
OWN_ORDER = {"ground/doors", "ground/web", "ground/papers"}
#: What Django looks for by name, and what is no part of the flow of data.
BESIDE = {"__init__", "apps", "migrations", "tests", "templatetags"}

#: Readings and other calls in the name of who may see everything, outside services, jobs and the
#: command line. The number only goes down; who needs another one says here why it shows nobody
#: more than he may see.
PAST_THE_WALLS = {
    "drills/demo/queries.py": (2, "the made-up people of the demo, offered for signing in"),
    "drills/demo/views.py": (1, "the clock of the demo, which belongs to nobody"),
    "ground/audit/queries/trail.py": (2, "names who acted and where, in entries the reader sees"),
    "ground/loops/queries/inbox.py": (1, "the pack in force holds for everybody"),
    "ground/notices/queries.py": (1, "which posts are held, to say that nobody reads a notice"),
    "ground/orgs/queries/actors.py": (5, "finds out who asks: nobody is known before"),
    "ground/orgs/queries/handing.py": (3, "who can sign a paper, named to whoever reads it"),
    "ground/orgs/queries/people.py": (4, "somebody's own account, posts, sign-ins and tokens"),
    "ground/orgs/factors.py": (1, "the group's name, which an authenticator app shows"),
    "ground/orgs/outside.py": (2, "finds who comes by another's word, and his posts"),
    "ground/orgs/signin.py": (1, "finds the account of who signs in: nobody is known before"),
    "people/checkins/figures/roll.py": (2, "joins readings to people that the reader sees"),
    "people/checkins/queries/called.py": (1, "the secret of a personal link names its holder"),
    "people/checkins/queries/roll.py": (4, "joins readings to people that the reader sees"),
    "people/checkins/standing.py": (7, "facts of people found already; which policy asks nothing"),
    "people/register/figures/completeness.py": (1, "joined to units that the reader counts"),
    "people/register/figures/histories.py": (1, "joined to people that the reader counts"),
    "people/register/queries/joining.py": (
        3,
        "a poster's code, a waiting phone; whether his link opens",
    ),
    "people/register/queries/listing.py": (4, "joins facts to people that the reader sees"),
    "people/screening/figures.py": (2, "facts of people whom the caller has found already"),
    "people/screening/inforce.py": (6, "the pack in force holds for everybody"),
    "people/screening/judging.py": (4, "decisions of people whom the caller has found already"),
    "people/screening/turns.py": (4, "the clock asks when the rules turned"),
    "rollup/board/queries/stamp.py": (1, "whether anything moved, not what"),
    "rollup/reports/queries/chasing.py": (1, "when a company was reminded, and not by what words"),
    "rollup/reports/queries/names.py": (1, "names who typed what the reader sees"),
}


def named(file: Path) -> str:
    return file.relative_to(SOURCE).as_posix()


def calls(file: Path) -> Iterator[ast.Call]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def flowing() -> Iterator[tuple[Path, str]]:
    """Every module of an app that takes part in its flow of data, with its room."""
    for app in APPS:
        for file in sorted(app.rglob("*.py")):
            room = file.relative_to(app).parts[0].removesuffix(".py")
            if room not in BESIDE:
                yield file, room


def past_the_walls(file: Path) -> int:
    return sum(
        any(isinstance(told, ast.Name) and told.id in EVERYWHERE for told in call.args)
        for call in calls(file)
    )


def test_who_reads_past_the_walls_has_a_reason_and_does_it_no_oftener() -> None:
    found = {
        named(file): times
        for file, room in flowing()
        if room not in {"services", "jobs"} and (times := past_the_walls(file))
    }
    assert found == {name: times for name, (times, _why) in PAST_THE_WALLS.items()}


def test_what_is_read_is_read_for_an_act_that_exists() -> None:
    """An act is known, or only reads; what is no plain text here comes from where it is checked."""
    unknown = [
        f"{named(file)}: {call.args[2].value!r}"
        for file, _room in flowing()
        for call in calls(file)
        if isinstance(call.func, ast.Name) and call.func.id == "visible" and len(call.args) > 2
        if isinstance(call.args[2], ast.Constant)
        if call.args[2].value not in ACTS
        and str(call.args[2].value).rpartition(".")[2] not in VERBS
    ]
    assert not unknown


def test_every_module_of_an_app_stands_in_a_room_that_the_contract_binds() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (rooms,) = [each for each in told["tool"]["importlinter"]["contracts"] if each["id"] == "rooms"]
    bound = {room.strip(" ()") for layer in rooms["layers"] for room in layer.split("|")}
    loose = {
        named(file)
        for file, room in flowing()
        if room not in bound and not any(named(file).startswith(own) for own in OWN_ORDER)
    }
    assert not loose, f"name these in the rooms contract or fold them into a room: {sorted(loose)}"

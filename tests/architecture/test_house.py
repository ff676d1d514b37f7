"""What no linter knows: who may hold a manager, whose first argument is the actor, file sizes."""

import ast
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from django.apps import apps
from django.db.models import ForeignKey, OneToOneField

from lianfang.config.commands.docs import acts_page
from lianfang.ground.doors.act import ACTS
from lianfang.ground.orgs.rules.duties import EVERYBODY, OWN
from lianfang.ground.orgs.rules.posts import ACTS_OF

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "lianfang"
LONGEST = 300
OURS = [app for app in apps.get_app_configs() if app.name.startswith("lianfang.")]
MODELS = [model for app in OURS for model in app.get_models()]
DOORS = "ground/doors"
WRITERS = ("services", "signin.py")


def sources() -> Iterator[Path]:
    for file in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in file.parts:
            yield file


def room(file: Path) -> str:
    """Name the room of a file: floor/app/room, whether it is a module or a package."""
    parts = file.relative_to(SOURCE).parts
    return parts[2].removesuffix(".py") if len(parts) > 2 else ""


def named(file: Path) -> str:
    return str(file.relative_to(SOURCE))


FILES = [file for file in sources() if "tests" not in file.parts]


def test_no_file_is_longer_than_a_head_holds() -> None:
    lengths = {named(file): len(file.read_text("utf-8").splitlines()) for file in sources()}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST}


def test_only_services_hold_a_manager() -> None:
    """Rows are read through `visible()` and written by acts; nobody else touches a manager."""
    held = [
        f"{named(file)}:{node.lineno}"
        for file in FILES
        if not named(file).startswith(DOORS) and room(file) != "services"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_default_manager", "_base_manager"}
    ]
    assert not held, f"start these with visible(): {held}"


def test_every_query_takes_the_actor_first() -> None:
    """A public function that reads the database is told who asks."""
    files = [file for file in FILES if room(file) == "queries"]
    for node in chain(*(ast.parse(file.read_text(encoding="utf-8")).body for file in files)):
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        asking = {
            call.args[1].id
            for call in ast.walk(node)
            if isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id == "visible"
            and isinstance(call.args[1], ast.Name)
        }
        first = node.args.args[0].arg if node.args.args else ""
        # whoever reads for the operator or the clock is counted, with his reason, beside this
        within = asking - {"OPERATOR", "CLOCK"}
        assert not within or first == "actor", f"{node.name} does not say who asks"


def test_no_foreign_key_opens_a_door_backwards() -> None:
    open_ = [
        f"{model.__name__}.{field.name}"
        for model in MODELS
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | OneToOneField) and field.remote_field.related_name != "+"
    ]
    assert not open_, f"these need related_name='+': {open_}"


def test_every_model_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    missing = [model.__name__ for model in MODELS if f"`{model.__name__}`" not in glossary]
    assert not missing, f"say in docs/glossary.md what these are: {missing}"


def test_an_act_takes_objects_and_never_ids() -> None:
    assert not [
        f"{name}({word})"
        for name, act in ACTS.items()
        for word in act.names
        if word.endswith(("_id", "_pk"))
    ]


def test_every_act_says_what_it_is_for() -> None:
    silent = [n for n, act in ACTS.items() if not (act.service.__doc__ or "").strip().endswith(".")]
    assert not silent


def test_every_act_stands_in_the_documentation() -> None:
    written = (ROOT / "docs" / "acts.md").read_text(encoding="utf-8")
    assert written == acts_page(), "run `make docs`"


def test_every_act_is_held_by_a_post_or_by_the_operator_alone() -> None:
    known = set(ACTS)
    held = set().union(*ACTS_OF.values()) | EVERYBODY | OWN
    unknown = {act for act in held if act not in known and act.split(".")[1] not in VERBS}
    assert not unknown, f"posts name acts that do not exist: {sorted(unknown)}"


#: Acts that only read: they have no service, they are what `visible()` is asked for.
VERBS = {"read", "own", "use"}

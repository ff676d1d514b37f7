"""Every English sentence that the house says to somebody, found in its sources."""

import ast
import io
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

# A key is the context (or nothing), the sentence, and its plural (or nothing).
Key = tuple[str, str, str]
PLAIN = frozenset({"_", "gettext", "gettext_lazy", "gettext_noop", "msgid"})
COUNTED = frozenset({"ngettext", "ngettext_lazy"})
IN_CONTEXT = frozenset({"pgettext", "pgettext_lazy", "msgid_in"})
COUNTED_IN_CONTEXT = frozenset({"npgettext", "npgettext_lazy"})
REFUSED = "Refused"
IN_TEMPLATES = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def by_app(package: Path, shared: Path) -> dict[Path, set[Key]]:
    """Return the sentences of each app; those of floors without apps belong to the shared one."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
    trees = {file: ast.parse(file.read_text(encoding="utf-8")) for file in _sources(package)}
    refusals = _refusals(list(trees.values()))
    found: dict[Path, set[Key]] = defaultdict(set)
    for file, tree in trees.items():
        found[_app(file, package, shared)].update(_in_python(tree, refusals))
    for file in sorted(package.rglob("templates/**/*.*")):
        found[_app(file, package, shared)].update(_in_template(file))
    return dict(found)


def _sources(package: Path) -> list[Path]:
    passed_over = {"tests", "migrations"}
    return [file for file in sorted(package.rglob("*.py")) if not passed_over & set(file.parts)]


def _app(file: Path, package: Path, shared: Path) -> Path:
    """Return the folder whose catalogue has the words: the app's own."""
    parts = file.relative_to(package).parts
    for depth in (2, 1):
        folder = package.joinpath(*parts[:depth])
        if len(parts) > depth and (folder / "apps.py").exists():
            return folder
    return shared


def _refusals(trees: list[ast.Module]) -> frozenset[str]:
    """Return the names of the refusals whose first argument is the sentence shown to the user."""
    nodes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    plain = [node for node in nodes if not _has_init(node)]
    known = {REFUSED}
    while fresh := {node.name for node in plain if known & _bases(node)} - known:
        known |= fresh
    return frozenset(known)


def _has_init(node: ast.ClassDef) -> bool:
    return any(isinstance(one, ast.FunctionDef) and one.name == "__init__" for one in node.body)


def _bases(node: ast.ClassDef) -> set[str]:
    return {_name(base) for base in node.bases}


def _in_python(tree: ast.Module, refusals: frozenset[str]) -> Iterator[Key]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            told = [_text(argument) for argument in node.args]
            yield from _key(_name(node.func), told, refusals)


def _key(function: str, told: list[str], refusals: frozenset[str]) -> Iterator[Key]:
    first, second, third = [*told, "", "", ""][:3]
    if first and (function in PLAIN or function in refusals):
        yield "", first, ""
    elif first and function in COUNTED:
        yield "", first, second
    elif second and function in IN_CONTEXT:
        yield first, second, ""
    elif second and function in COUNTED_IN_CONTEXT:
        yield first, second, third


def _in_template(file: Path) -> Iterator[Key]:
    """Read what Django makes of a template for gettext; the text between is blanked out."""
    marked = templatize(file.read_text(encoding="utf-8"), origin=str(file))
    flat = "\n".join(line.strip() for line in marked.splitlines())
    found = extract("python", io.BytesIO(flat.encode()), keywords=IN_TEMPLATES)
    for _line, told, _notes, context in found:
        first, plural = (told, "") if isinstance(told, str) else (told[0], told[1])
        yield context or "", first, plural


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""

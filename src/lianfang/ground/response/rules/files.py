"""A pack as a file: read with the line of everything in it, and never more than it may be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from lianfang.ground.response.rules import leaf as leaves
from lianfang.ground.response.rules.pack import Pack
from lianfang.ground.response.rules.reading import parse, write
from lianfang.ground.response.rules.wholeness import check_keys, check_sound
from lianfang.ground.response.rules.words import BadPack
from lianfang.kernel.texts import msgid

LARGEST, MOST, DEEPEST = 400_000, 40_000, 20
TOO_LARGE = msgid("The file is larger than a policy pack can be.")
TOO_DEEP = msgid("Line %(line)d: the file repeats or nests itself more than a policy pack does.")
NOT_READ = msgid("Line %(line)d: this cannot be read as YAML: %(problem)s.")
NO_GROUP = msgid("The file does not begin with named values.")
TWICE = msgid("Line %(line)d: %(key)s stands here twice.")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and the line in which it stands; 0 where no line can be named."""

    line: int
    wrong: BadPack


@dataclass(slots=True)
class _Reader:
    """Builds plain values from nodes; counts what it makes, so that no file can explode."""

    lines: dict[str, int] = field(default_factory=dict)
    made: int = 0

    def value(self, node: yaml.Node, path: str, deep: int) -> object:
        """Return the value of a node and keep the line of every name in it."""
        self.made += 1
        line = node.start_mark.line + 1
        if self.made > MOST or deep > DEEPEST:
            raise BadPack(TOO_DEEP, "file", line=line)
        self.lines.setdefault(path, line)
        if isinstance(node, yaml.MappingNode):
            return self._group(node, path, deep)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(n, f"{path}.{at}", deep + 1) for at, n in enumerate(node.value)]
        return _plain(node)

    def _group(self, node: yaml.MappingNode, path: str, deep: int) -> dict[str, object]:
        found: dict[str, object] = {}
        for key_node, each in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in found:
                raise BadPack(TWICE, "file", line=line, key=key)
            where = f"{path}.{key}" if path else key
            self.lines[where] = line
            found[key] = self.value(each, where, deep + 1)
        return found


def read(text: str) -> tuple[object, Mapping[str, int]]:
    """Return what a text in YAML says and on which line each of its paths stands."""
    if len(text) > LARGEST:
        raise BadPack(TOO_LARGE, "file")
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        problem = getattr(wrong, "problem", None) or str(wrong)
        line = mark.line + 1 if mark is not None else 1
        raise BadPack(NOT_READ, "file", line=line, problem=problem) from wrong
    except RecursionError as wrong:
        raise BadPack(TOO_DEEP, "file", line=1) from wrong
    if node is None:
        return {}, {}
    reader = _Reader()
    return reader.value(node, "", 0), reader.lines


def examine(text: str, parents: Mapping[str, Pack]) -> tuple[Pack | None, tuple[Problem, ...]]:
    """Return the pack of a file, or everything that is wrong with it by its line."""
    try:
        content, lines = read(text)
    except BadPack as wrong:
        return None, (Problem(_line(wrong, {}), wrong),)
    if not isinstance(content, Mapping):
        return None, (Problem(1, BadPack(NO_GROUP, "file")),)
    found = [Problem(_line(wrong, lines), wrong) for wrong in _each(content)]
    if found:
        return None, tuple(sorted(found, key=lambda each: each.line))
    try:
        check_keys(content)
        pack = parse(content, parents.get(str(content.get("parent") or "")))
        check_sound(pack)
    except BadPack as wrong:
        return None, (Problem(_line(wrong, lines), wrong),)
    return pack, ()


def export(pack: Pack) -> str:
    """Write a pack as a file that can be read again: every value in full."""
    return yaml.safe_dump(write(pack), allow_unicode=True, sort_keys=False, width=100)


def _each(content: Mapping[str, object]) -> Iterator[BadPack]:
    """Return what is wrong with each value by itself, so that all of it is named at once."""
    values = content.get("values")
    for path, told in _values("", values if isinstance(values, Mapping) else {}):
        try:
            leaves.read(path, told)
        except BadPack as wrong:
            yield wrong


def _values(prefix: str, told: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for key, each in told.items():
        if isinstance(each, Mapping) and not leaves.is_leaf(each):
            yield from _values(f"{prefix}{key}.", each)
        else:
            yield f"{prefix}{key}", each


def _line(wrong: BadPack, lines: Mapping[str, int]) -> int:
    told = wrong.values.get("line")
    if isinstance(told, int):
        return told
    path = str(wrong.values.get("path") or wrong.field)
    for where in (f"values.{path}", path):
        steps = where.split(".")
        for end in range(len(steps), 0, -1):
            at = ".".join(steps[:end])
            if at in lines and (end > 1 or at != "values"):
                return lines[at]
    return 0


def _plain(node: yaml.Node) -> object:
    """Return a plain word, number, yes or no; a day stays as it is written."""
    if node.tag == "tag:yaml.org,2002:timestamp":
        return str(node.value)
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node, deep=True)
    except (yaml.YAMLError, ValueError) as wrong:
        line = node.start_mark.line + 1
        problem = getattr(wrong, "problem", None) or str(wrong)
        raise BadPack(NOT_READ, "file", line=line, problem=problem) from wrong
    finally:
        loader.dispose()

"""The command line: one word, one command, one status."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import NoReturn

import django
from django.core.exceptions import ImproperlyConfigured

from lianfang.config import environment

#: The modules of the commands, in the order in which help names them.
MODULES = (
    "demo",
    "serve",
    "worker",
    "database",
    "setup",
    "token",
    "account",
    "imports",
    "papers",
    "daybook",
    "tick",
    "audit",
    "backups",
    "doctor",
)
WRONG, STOPPED = 2, 130


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Say it, and where to read more."""
        self.exit(WRONG, f"lianfang: {message}; see `{self.prog} --help`\n")


def main() -> NoReturn:
    """Run one command and leave with its status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.config.settings")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.exit(run(sys.argv[1:]))


def run(words: Sequence[str]) -> int:
    """Do what the words ask for; whatever breaks is told in one sentence."""
    if words[:1] == ["demo"]:
        environment.enter_demo()
    try:
        django.setup()
    except (ImproperlyConfigured, OSError) as broken:
        sys.stderr.write(f"lianfang: {broken}\n")
        return WRONG
    try:
        return _manage(words[1:]) if words[:1] == ["manage"] else _asked(words)
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return STOPPED
    except Exception as broken:  # noqa: BLE001 - the one central place
        return _broken(broken)


def parser() -> Parser:
    """Return the parser of every command that there is."""
    from django.utils.translation import gettext as _

    made = Parser(prog="lianfang", description=_("Prevent and control an epidemic together."))
    words = made.add_subparsers(
        title=_("commands"), metavar=_("COMMAND"), required=True, parser_class=Parser
    )
    words.add_parser("manage", help=_("Run a command of Django's."), add_help=False)
    for module in _modules():
        module.add(words)
    return made


def _modules() -> Iterator[ModuleType]:
    for name in MODULES:
        path = f"lianfang.config.commands.{name}"
        if find_spec(path):
            yield import_module(path)


def _asked(words: Sequence[str]) -> int:
    told = parser().parse_args(words)
    return int(told.run(told))


def _broken(broken: Exception) -> int:
    from lianfang.config.commands import failures

    status, sentence = failures.told(broken)
    sys.stderr.write(f"lianfang: {sentence}\n")
    return status


def _manage(words: Sequence[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["lianfang manage", *words])
    return 0

"""`python -m tests.bench.inside WHAT …`: what is measured within an installation, told as JSON."""

import json
import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import django

#: The module and the function behind each word; imported only once Django is there.
WORDS: Mapping[str, str] = {
    "found": "tests.bench.founding.found",
    "import": "tests.bench.importing.measure",
    "batch": "tests.bench.batches.measure",
    "bare": "tests.bench.bare.measure",
    "multiply": "tests.bench.crowd.multiply",
    "figures": "tests.bench.counting.measure",
    "screening": "tests.bench.judging.measure",
    "board": "tests.bench.boards.measure",
}


def main() -> None:
    """Do what the words say."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.config.settings")
    django.setup()
    module, _, name = WORDS[sys.argv[1]].rpartition(".")
    measure: Callable[..., Any] = getattr(import_module(module), name)
    print(json.dumps(measure(*sys.argv[2:])))  # noqa: T201 - this is the answer


if __name__ == "__main__":
    main()

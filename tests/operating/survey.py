"""`python -m tests.operating.survey WORD …`: what an installation holds, told as JSON.

`rows` hashes every table as it is, `kept` the columns that an earlier survey named, `sealed` opens
every sealed value, `answers` asks the programs' addresses as tokens of that installation would.
"""

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import django

Columns = Mapping[str, list[str]]
#: What belongs to the program and not to the group, or is made anew with each version.
OUR_OWN = ("django_", "auth_", "axes_", "sqlite_", "account_", "mfa_", "socialaccount_")


def main() -> None:
    """Answer one word."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.config.settings")
    django.setup()
    words: Mapping[str, Callable[..., object]] = {
        "rows": rows,
        "kept": kept,
        "sealed": sealed,
        "answers": answers,
    }
    print(json.dumps(words[sys.argv[1]](*sys.argv[2:])))  # noqa: T201 - the answer


def rows() -> object:
    """Hash every table of the group's with the columns that it has."""
    return {table: _hashed(table, columns) for table, columns in _tables().items()}


def kept(file: str) -> object:
    """Hash, of the tables and columns that an earlier survey named, those that are there."""
    before = json.loads(Path(file).read_text(encoding="utf-8"))
    now = _tables()
    return {
        table: _hashed(table, [name for name in told["columns"] if name in now[table]])
        for table, told in before.items()
        if table in now
    }


def sealed() -> object:
    """Open every sealed value, and hash what stands in it."""
    from django.apps import apps  # noqa: PLC0415 - once Django is there

    from lianfang.ground.doors.fields import SealedField  # noqa: PLC0415
    from lianfang.ground.doors.sealing import reveal  # noqa: PLC0415

    opened: dict[str, str] = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedField):
                values = [reveal(row, field.name) for row in model._default_manager.order_by("pk")]
                text = json.dumps(values).encode()
                opened[f"{model._meta.db_table}.{field.column}"] = hashlib.sha256(text).hexdigest()
    return opened


def answers(at: str, file: str) -> object:
    """Ask for some addresses as the bearer of a token, at an instant of the matter."""
    from django.test import Client  # noqa: PLC0415

    from lianfang.kernel import clock  # noqa: PLC0415

    asked = json.loads(Path(file).read_text(encoding="utf-8"))
    clock.move(datetime.fromisoformat(at))
    bearer = {"Authorization": f"Bearer {asked['token']}", "Accept-Language": "zh-hans"}
    client = Client(headers=bearer, SERVER_NAME="localhost")
    found = {}
    for address in asked["addresses"]:
        answer = client.get(address)
        content = json.loads(answer.content) if "json" in answer["Content-Type"] else None
        found[address] = {"status": answer.status_code, "content": content}
    return found


def _tables() -> Columns:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        return {
            name: sorted(
                column.name
                for column in connection.introspection.get_table_description(cursor, name)
            )
            for name in sorted(names)
            if not name.startswith(OUR_OWN)
        }


def _hashed(table: str, columns: list[str]) -> dict[str, Any]:
    digest, count = hashlib.sha256(), 0
    for row in sorted(_plain(table, columns)):
        digest.update(row.encode() + b"\n")
        count += 1
    return {"columns": columns, "rows": count, "sha256": digest.hexdigest()}


def _plain(table: str, columns: list[str]) -> Iterator[str]:
    from django.db import connection  # noqa: PLC0415

    quoted = ", ".join(connection.ops.quote_name(name) for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {quoted} FROM {connection.ops.quote_name(table)}")  # noqa: S608
        for row in cursor.fetchall():
            yield json.dumps([_text(value) for value in row])


def _text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value)


if __name__ == "__main__":
    main()

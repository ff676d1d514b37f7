"""`python -m tests.operating.filling BYTES` or `rows N`: make a database large.

Bytes are kept answers of programs, as a busy year leaves them; rows are copies of its check-ins,
written past the doors, so that it runs on the tables of any release.
"""

import json
import os
import sys
from uuid import UUID, uuid4

import django

TEXT, CHUNK = 256 << 10, 40
TABLE, KEY = "checkins_checkin", "id"


def main() -> None:
    """Do so, and say how large it is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.config.settings")
    django.setup()
    if sys.argv[1] == "rows":
        _copy(int(sys.argv[2]))
    else:
        _keep(int(sys.argv[1]))
    from lianfang.config.backups import copying  # noqa: PLC0415 - once Django is there

    print(json.dumps({"bytes": copying.size()}))  # noqa: T201 - the answer


def _keep(wanted: int) -> None:
    from django.db import connection  # noqa: PLC0415

    from lianfang.ground.doors.models import Answer  # noqa: PLC0415

    for _ in range(wanted // (TEXT * CHUNK) + 1):
        Answer.objects.bulk_create(
            Answer(
                actor="token:filled",
                key=uuid4().hex,
                route="POST /api/v1/checkins",
                body="0" * 64,
                status=201,
                text=os.urandom(TEXT // 2).hex(),
            )
            for _ in range(CHUNK)
        )
    connection.close()


def _copy(wanted: int) -> None:
    from django.db import connection, transaction  # noqa: PLC0415

    with connection.cursor() as cursor, transaction.atomic():
        described = connection.introspection.get_table_description(cursor, TABLE)
        names = [column.name for column in described]
        cursor.execute(f"SELECT {', '.join(names)} FROM {TABLE} WHERE replaces_id IS NULL")  # noqa: S608
        rows, at = cursor.fetchall(), names.index(KEY)
        marks = ", ".join(["%s"] * len(names))
        words = f"INSERT INTO {TABLE} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608
        fresh = (rows[number % len(rows)] for number in range(wanted))
        cursor.executemany(
            words, [(*row[:at], _key(connection.vendor), *row[at + 1 :]) for row in fresh]
        )


def _key(vendor: str) -> UUID | str:
    return uuid4() if vendor == "postgresql" else uuid4().hex


if __name__ == "__main__":
    main()

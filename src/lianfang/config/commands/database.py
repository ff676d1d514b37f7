"""`lianfang migrate`: bring the database up to date, whole or not at all, with a way back."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from lianfang.config import holding
from lianfang.config.backups import copying, writing
from lianfang.config.commands.output import DONE, note, say
from lianfang.ground.doors import triggers
from lianfang.kernel import clock
from lianfang.kernel.refusals import Conflict
from lianfang.kernel.texts import msgid

#: The backups that were made before the database was changed, in the data directory.
BEFORE = "backups"
NEWER = msgid(
    "The database was made by a newer version of Lianfang (it has taken %(step)s, which this one "
    "does not know); install that version or a later one, or restore the backup made before."
)


def add(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Offer the command."""
    made = words.add_parser("migrate", help=_("Bring the database up to date."))
    made.add_argument(
        "--without-backup", action="store_true", help=_("when you have just made one yourself")
    )
    made.set_defaults(run=run)


def run(told: argparse.Namespace) -> int:
    """Apply what has not been applied yet; what is in use is copied first."""
    steps = upgrade(without_backup=told.without_backup)
    if steps:
        say(_("The database is up to date; %(n)d steps were taken.") % {"n": steps})
    else:
        say(_("The database is up to date; there was nothing to do."))
    return DONE


def upgrade(*, without_backup: bool = False) -> int:
    """Bring the database up to date, after a backup where it holds something; count the steps."""
    refuse_newer()
    steps = pending()
    if not steps:
        migrate()
        return 0
    with holding.alone(settings.DATA, "lianfang migrate"):
        if copying.used() and not without_backup:
            target = _backup()
            note(_("A backup from before stands in %(file)s.") % {"file": target})
        migrate()
    return len(steps)


def migrate() -> None:
    """Take every step that is missing in one transaction: all of them, or none at all."""
    with _whole():
        call_command("migrate", verbosity=0, interactive=False)
        triggers.restore()


def pending() -> list[str]:
    """Return the steps that the database has still to take."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{step.app_label}.{step.name}" for step, _backwards in plan]


def refuse_newer() -> None:
    """Refuse a database that has taken steps which this version does not know."""
    loader = MigrationLoader(connection, ignore_no_migrations=True)
    ours = {app for app, _name in loader.disk_migrations}
    for app, name in sorted(loader.applied_migrations):
        if app in ours and (app, name) not in loader.disk_migrations:
            raise Conflict(NEWER, step=f"{app}.{name}")


def _backup() -> Path:
    folder = settings.DATA / BEFORE
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"before-{localtime(clock.machine()):%Y%m%d-%H%M%S}.backup"
    writing.write(target)
    return target


@contextmanager
def _whole() -> Iterator[None]:
    """Let the steps share one transaction.

    SQLite wants foreign keys unchecked from before it; PostgreSQL changes no table for whose rows
    a check is still to come, so there each row is checked at once.
    """
    connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            yield
    finally:
        connection.enable_constraint_checking()

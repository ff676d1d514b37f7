"""`lianfang migrate`: bring the database up to date."""

import argparse

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from lianfang.config.commands.output import DONE, say
from lianfang.ground.doors import triggers


def add(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Offer the command."""
    made = words.add_parser("migrate", help=_("Bring the database up to date."))
    made.set_defaults(run=run)


def run(_told: argparse.Namespace) -> int:
    """Apply what has not been applied yet."""
    before = pending()
    migrate()
    if before:
        say(_("The database is up to date; %(n)d steps were taken.") % {"n": len(before)})
    else:
        say(_("The database is up to date; there was nothing to do."))
    return DONE


def migrate() -> None:
    """Bring the database up to date."""
    call_command("migrate", verbosity=0, interactive=False)
    triggers.restore()


def pending() -> list[str]:
    """Return the steps that the database has still to take."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{step.app_label}.{step.name}" for step, _backwards in plan]

"""Triggers that keep a table append-only, on both databases.

A migration declares them; SQLite loses those of a table that a later migration makes anew, so
`lianfang migrate` puts back what is lost and `lianfang doctor` looks whether all of them stand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

VERBS = ("UPDATE", "DELETE")
SQLITE = """
CREATE TRIGGER {name} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION lianfang_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'check_violation'; END $$
"""
POSTGRES = """
CREATE TRIGGER {name} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION lianfang_append_only()
"""
STANDING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


@dataclass(frozen=True, slots=True)
class Trigger:
    """One verb that is refused on one table."""

    table: str
    verb: str

    @property
    def name(self) -> str:
        """Return what the database calls it."""
        return f"{self.table}_no_{self.verb.lower()}"

    def statements(self, vendor: str) -> Iterator[str]:
        """Return what makes it stand."""
        if vendor == "postgresql":
            yield POSTGRES_FUNCTION
        body = POSTGRES if vendor == "postgresql" else SQLITE
        yield body.format(name=self.name, table=self.table, verb=self.verb)

    def removal(self, vendor: str) -> str:
        """Return what takes it away."""
        where = f" ON {self.table}" if vendor == "postgresql" else ""
        return f"DROP TRIGGER IF EXISTS {self.name}{where}"


class AppendOnly(Operation):
    """The migration step that refuses UPDATE and DELETE on some tables."""

    reversible = True

    def __init__(self, *tables: str, verbs: Sequence[str] = VERBS) -> None:
        """Name the tables, and the verbs where not both are refused."""
        self.tables, self.verbs = tables, tuple(verbs)

    @property
    def triggers(self) -> list[Trigger]:
        """Return the triggers that this step makes."""
        return [Trigger(table, verb) for table in self.tables for verb in self.verbs]

    def deconstruct(self) -> tuple[str, Sequence[object], dict[str, object]]:
        """Write the step down as the migration does."""
        return type(self).__name__, self.tables, {"verbs": self.verbs}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change no model."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the triggers; where a step before has made a table anew, those of it once more."""
        for trigger in self.triggers:
            schema_editor.execute(trigger.removal(schema_editor.connection.vendor), params=None)
            for statement in trigger.statements(schema_editor.connection.vendor):
                schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take the triggers away."""
        for trigger in self.triggers:
            schema_editor.execute(trigger.removal(schema_editor.connection.vendor), params=None)

    def describe(self) -> str:
        """Say what the step does."""
        return f"Keep {', '.join(self.tables)} from {' and '.join(self.verbs)}"


def append_only(*tables: str, verbs: Sequence[str] = VERBS) -> AppendOnly:
    """Return the migration step that refuses UPDATE and DELETE on these tables."""
    return AppendOnly(*tables, verbs=verbs)


def lost() -> list[Trigger]:
    """Return the triggers that the migrations taken so far declare and that do not stand."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING[connection.vendor])
        standing = {name for (name,) in cursor.fetchall()}
    loader = MigrationLoader(connection)
    taken = [loader.disk_migrations[key] for key in loader.applied_migrations]
    declared = [
        trigger
        for migration in taken
        for step in migration.operations
        if isinstance(step, AppendOnly)
        for trigger in step.triggers
    ]
    return [trigger for trigger in declared if trigger.name not in standing]


def restore() -> list[Trigger]:
    """Put back the triggers that are lost, and return them."""
    missing = lost()
    with connection.cursor() as cursor:
        for trigger in missing:
            for statement in trigger.statements(connection.vendor):
                cursor.execute(statement)
    return missing

"""Triggers that keep a table append-only, on both databases."""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython
from django.db.migrations.state import StateApps

SQLITE = """
CREATE TRIGGER {table}_no_{verb_lower} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION lianfang_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'check_violation'; END $$
"""
POSTGRES = """
CREATE TRIGGER {table}_no_{verb_lower} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION lianfang_append_only()
"""
VERBS = ("UPDATE", "DELETE")


def append_only(*tables: str, verbs: Sequence[str] = VERBS) -> RunPython:
    """Return the migration step that refuses UPDATE and DELETE on these tables."""

    def forwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        postgres = editor.connection.vendor == "postgresql"
        if postgres:
            editor.execute(POSTGRES_FUNCTION, params=None)
        for table in tables:
            for verb in verbs:
                body = POSTGRES if postgres else SQLITE
                editor.execute(body.format(table=table, verb=verb, verb_lower=verb.lower()))

    return RunPython(forwards, RunPython.noop)

"""Each run of the tests has an installation of its own: data directory, keys and database.

With LIANFANG_TEST_DATABASE=postgres the database is a PostgreSQL server of its own too; with a
DATABASE_URL it is that one; else it is SQLite.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator

import pytest

from tests import postgres


def begin() -> None:
    """Name data directory and database; the workers of xdist inherit both names."""
    if "LIANFANG_TEST_DATA" not in os.environ:
        place = tempfile.mkdtemp(prefix="lianfang-tests-")
        atexit.register(shutil.rmtree, place, ignore_errors=True)
        os.environ["LIANFANG_TEST_DATA"] = os.environ["LIANFANG_DATA"] = place
    if os.environ.get("LIANFANG_TEST_DATABASE") == "postgres" and "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = postgres.start()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, object, object]:
    """Do so before Django reads its settings."""
    begin()
    return (yield)

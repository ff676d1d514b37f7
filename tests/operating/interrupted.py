"""`python -m tests.operating.interrupted N`: migrate, and be killed after the N-th step."""

import os
import signal
import sys
from typing import Any

import django


def main(at: int) -> None:
    """Do so."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.config.settings")
    django.setup()
    from django.core.management.commands import migrate  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    from lianfang.config import command  # noqa: PLC0415

    taken = 0

    class Cut(MigrationExecutor):
        def apply_migration(self, *told: Any, **more: Any) -> Any:  # noqa: ANN401
            nonlocal taken
            state = super().apply_migration(*told, **more)
            taken += 1
            if taken == at:
                os.kill(os.getpid(), signal.SIGKILL)
            return state

    vars(migrate)["MigrationExecutor"] = Cut
    sys.exit(command.run(["migrate", "--without-backup"]))


if __name__ == "__main__":
    main(int(sys.argv[1]))

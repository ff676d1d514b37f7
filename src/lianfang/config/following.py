"""Processes that end with the one that started them, so that none is left holding the port."""

import ctypes
import os
import signal
import sys

PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux


def end_with_parent(signum: int = signal.SIGTERM) -> None:
    """Ask the kernel for a signal when the parent dies; a system without that gives none."""
    try:
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signum)
    except (AttributeError, OSError):
        return


def main() -> None:
    """Become the command that follows the parent's number, unless the parent is dead already."""
    parent, command = int(sys.argv[1]), sys.argv[2:]
    end_with_parent()
    if os.getppid() != parent:
        sys.exit(1)
    os.execv(command[0], command)  # noqa: S606 - our own interpreter, no shell


if __name__ == "__main__":
    main()

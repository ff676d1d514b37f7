"""What the clock does with the files."""

from datetime import timedelta

from lianfang.ground.files import queries, vault
from lianfang.kernel import clock
from lianfang.kernel.actor import CLOCK

#: A content that no act has kept after this long is nobody's.
ORPHAN = timedelta(days=1)
EVERY = timedelta(hours=6)


def sweep_if_due() -> int:
    """Remove nobody's contents, a few times a day; return how many they were."""
    last = vault.swept_at()
    if last is not None and clock.machine() - last < EVERY:
        return 0
    vault.mark_swept()
    return sweep()


def sweep() -> int:
    """Remove what was written and never kept: acts that were refused, writers that died."""
    before = clock.machine() - ORPHAN
    gone = 0
    for shelf in vault.shelves():
        old = vault.old(shelf, before)
        parts = [file for file in old if file.name.endswith(vault.PART)]
        whole = [file for file in old if file not in parts]
        kept = queries.kept(CLOCK, [vault.name_of(file) for file in whole])
        loose = [f for f in whole if vault.name_of(f) not in kept or f.name.endswith(vault.ASIDE)]
        aside = vault.set_aside(loose)
        kept = queries.kept(CLOCK, [vault.name_of(file) for file in aside])
        for file in aside:
            if vault.name_of(file) in kept:
                vault.put_back(file)
        nobodys = [file for file in aside if vault.name_of(file) not in kept]
        for file in (*parts, *nobodys):
            file.unlink(missing_ok=True)
        gone += len(parts) + len(nobodys)
    return gone

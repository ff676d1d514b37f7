"""The mark under a seal, which nobody can write who holds the database alone."""

from lianfang.ground.doors.sealing import blind


def mark(seal_hash: str) -> str:
    """Return what only the holder of the installation's key can write under a seal."""
    return blind(seal_hash, "seal").hex()

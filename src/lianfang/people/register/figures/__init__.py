"""The figures of the register: who counts where, where they are, what history they told."""

from lianfang.people.register.figures import (
    completeness,
    histories,
    memberships,
    stalls,
    whereabouts,
)

__all__ = ["completeness", "histories", "memberships", "stalls", "whereabouts"]

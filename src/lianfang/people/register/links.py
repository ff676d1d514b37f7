"""Where the screens of the register stand."""

from uuid import UUID

from django.urls import reverse


def person_url(person: UUID) -> str:
    """Return the address of a person's page."""
    return reverse("register:person", args=(person,))

"""`python -m lianfang.config.commands.opening`: open what is sealed in a restored installation.

It opens some sealed values of each kind with the keys, and the first page as an administrator
would; the answer counts them and names nobody.
"""

import json
import os
import random
import sys
from http import HTTPStatus

import django

EACH = 5


def main() -> None:
    """Say how much was opened; an exception says that something does not open."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.config.settings")
    django.setup()
    sys.stdout.write(json.dumps({"sealed": _sealed(), "page": _page()}) + "\n")


def _sealed() -> dict[str, int]:
    from django.apps import apps

    from lianfang.ground.doors.fields import SealedField
    from lianfang.ground.doors.sealing import reveal
    from lianfang.ground.doors.visible import visible
    from lianfang.kernel.actor import OPERATOR

    opened: dict[str, int] = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedField):
                held = visible(model, OPERATOR, "people.reveal").exclude(**{field.name: None})
                keys = list(held.values_list("pk", flat=True))
                drawn = random.SystemRandom().sample(keys, min(EACH, len(keys)))
                for row in held.filter(pk__in=drawn):
                    reveal(row, field.name)
                opened[f"{model._meta.db_table}.{field.column}"] = len(drawn)
    return opened


def _page() -> int:
    from django.conf import settings
    from django.test import Client

    from lianfang.ground.orgs import queries as orgs
    from lianfang.ground.orgs.rules import Role
    from lianfang.kernel.actor import OPERATOR

    held = orgs.holders(OPERATOR, Role.ADMINISTRATOR).first()
    if held is None:
        return 0
    client = Client(SERVER_NAME="localhost")
    client.force_login(held.user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    page = client.get("/", follow=True)
    if page.status_code != HTTPStatus.OK or page.wsgi_request.user != held.user:
        raise SystemExit(f"the first page answers {page.status_code}")
    return page.status_code


if __name__ == "__main__":
    main()

"""`python -m tests.operating.stored`: which check-ins are stored, and how many keys are stuck."""

import json
import os

import django


def main() -> None:
    """Tell it as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.config.settings")
    django.setup()
    from lianfang.ground.doors.models import Answer  # noqa: PLC0415 - once Django is there
    from lianfang.people.checkins.models import CheckIn  # noqa: PLC0415

    ids = [str(key) for key in CheckIn.objects.order_by().values_list("pk", flat=True)]
    stuck = Answer.objects.filter(status=None).count()
    print(json.dumps({"ids": ids, "stuck": stuck}))  # noqa: T201 - the answer


if __name__ == "__main__":
    main()

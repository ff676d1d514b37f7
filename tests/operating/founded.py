"""`python -m tests.operating.founded`: the smallest group in which somebody can check in."""

import os

import django


def main() -> None:
    """Found it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.config.settings")
    django.setup()
    from lianfang.ground.orgs.rules import UnitKind  # noqa: PLC0415 - once Django is there
    from lianfang.ground.orgs.services import UnitLine, enter_unit  # noqa: PLC0415
    from lianfang.ground.response.services import begin_with_pack  # noqa: PLC0415
    from lianfang.kernel import clock  # noqa: PLC0415
    from lianfang.kernel.actor import OPERATOR  # noqa: PLC0415
    from lianfang.people.register.rules.lines import PersonLine  # noqa: PLC0415
    from lianfang.people.register.rules.words import Employment  # noqa: PLC0415
    from lianfang.people.register.services import enter  # noqa: PLC0415

    group = enter_unit(OPERATOR, None, UnitLine("LQ", "芦青实业集团", UnitKind.GROUP, "芦青"))
    begin_with_pack(OPERATOR, "covid19-2020-01", clock.now())
    enter(
        OPERATOR, group, PersonLine(name="欧阳鲥", employment=Employment.REGULAR, person_no="LQ1")
    )


if __name__ == "__main__":
    main()

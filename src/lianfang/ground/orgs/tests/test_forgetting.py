from datetime import timedelta

from django.test import Client

from conftest import user_with
from lianfang.ground.doors.models import Answer
from lianfang.ground.orgs.models import Session, Unit
from lianfang.ground.orgs.rules import Role
from lianfang.ground.orgs.services.forgetting import forget
from lianfang.kernel import clock


def answer(key: str, days: int) -> Answer:
    return Answer.objects.create(
        actor="user:1",
        key=key,
        route="POST /x",
        body="",
        text="",
        recorded_at=clock.machine() - timedelta(days=days),
    )


def test_answers_are_kept_for_ninety_days_and_sessions_until_they_are_over(mill: Unit) -> None:
    answer("old", 91)
    young = answer("young", 89)
    for name in ("one", "two"):
        Client().force_login(user_with(Role.CLERK, mill, name))
    over = Session.objects.first()
    assert over is not None
    Session.objects.filter(pk=over.pk).update(expire_date=clock.machine() - timedelta(seconds=1))
    assert forget(clock.machine()) == 2
    assert list(Answer.objects.all()) == [young]
    assert Session.objects.exclude(pk=over.pk).count() == Session.objects.count() == 1
    assert forget(clock.machine()) == 0

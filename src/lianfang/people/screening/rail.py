"""The status of a person, on his page."""

from django.utils.translation import gettext_lazy as _

from lianfang.people.register import seams
from lianfang.people.screening.showing import person_part

seams.declare_part(
    seams.Part(
        code="screening",
        title=_("Status under the policy"),
        template="screening/_person.html",
        load=person_part,
        act="screening.read",
        place=10,
    )
)

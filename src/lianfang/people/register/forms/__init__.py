"""What is typed about people, turned into plain values."""

from lianfang.people.register.forms.choosing import ExportForm, LinksForm, ticked
from lianfang.people.register.forms.filters import PeopleFilter
from lianfang.people.register.forms.histories import ExposureForm
from lianfang.people.register.forms.joining import AskForm, PosterForm
from lianfang.people.register.forms.looking import RevealForm
from lianfang.people.register.forms.movements import MovementForm
from lianfang.people.register.forms.people import EnterForm, MoveForm, PersonForm

__all__ = [
    "AskForm",
    "EnterForm",
    "ExportForm",
    "ExposureForm",
    "LinksForm",
    "MoveForm",
    "MovementForm",
    "PeopleFilter",
    "PersonForm",
    "PosterForm",
    "RevealForm",
    "ticked",
]

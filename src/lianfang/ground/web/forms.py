"""Forms that say at their field why the rules refused what was typed."""

from collections.abc import Callable
from typing import TypeVar

from django.forms import BaseForm, Form

from lianfang.ground.web.requests import sentence
from lianfang.kernel.refusals import NotAllowed, Refused
from lianfang.kernel.texts import msgid

R = TypeVar("R")
#: What Django says of a field; it stands here so that our catalogue says it in our words.
OF_FIELDS = (
    msgid("This field is required."),
    msgid("Enter a whole number."),
    msgid("Enter a number."),
    msgid("Enter a valid date."),
    msgid("Enter a valid time."),
    msgid("Enter a valid date/time."),
    msgid("Select a valid choice. %(value)s is not one of the available choices."),
    msgid("Select a valid choice. That choice is not one of the available choices."),
    msgid("Ensure this value is greater than or equal to %(limit_value)s."),
    msgid("Ensure this value is less than or equal to %(limit_value)s."),
    msgid("No file was submitted."),
    msgid("The submitted file is empty."),
)


def attempt(form: Form, do: Callable[[], R]) -> R | None:
    """Do what a valid form asks for; a refusal is shown at its field and nothing typed is lost."""
    try:
        return do()
    except NotAllowed:
        raise
    except Refused as refused:
        refuse(form, refused)
        return None


def done(form: Form, do: Callable[[], object]) -> bool:
    """Do what a valid form asks for and tell whether it was done."""

    def whole() -> bool:
        do()
        return True

    return bool(attempt(form, whole))


def refuse(form: BaseForm, refused: Refused) -> None:
    """Show at its field why the rules refused what was typed."""
    form.add_error(_place(form, refused.field), sentence(refused))


def _place(form: BaseForm, field: str) -> str | None:
    return field if field in form.fields else None

"""Forms that say at their field why the rules refused what was typed."""

from collections.abc import Callable
from typing import TypeVar

from django.forms import BaseForm, Form

from lianfang.ground.web.requests import sentence
from lianfang.kernel.refusals import NotAllowed, Refused

R = TypeVar("R")


def attempt(form: Form, do: Callable[[], R]) -> R | None:
    """Do what a valid form asks for; a refusal is shown at its field and nothing typed is lost."""
    try:
        return do()
    except NotAllowed:
        raise
    except Refused as refused:
        form.add_error(_place(form, refused.field), sentence(refused))
        return None


def done(form: Form, do: Callable[[], object]) -> bool:
    """Do what a valid form asks for and tell whether it was done."""
    return attempt(form, do) is not None


def _place(form: BaseForm, field: str) -> str | None:
    return field if field in form.fields else None

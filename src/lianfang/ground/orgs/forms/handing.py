"""A hand-over of a post: to whom, from when to when, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.ground.orgs import queries
from lianfang.ground.orgs.forms.fields import Data, Known
from lianfang.ground.orgs.models import Post, User
from lianfang.kernel.actor import Actor

CLOCK_FORMAT = "%Y-%m-%dT%H:%M"


def moment() -> forms.DateTimeInput:
    """Return the browser's own picker of a day and a time."""
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format=CLOCK_FORMAT)


class HandOverForm(forms.Form):
    """Who stands in, from when to when, and why."""

    deputy: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        label=_("Deputy"), queryset=None
    )
    since = forms.DateTimeField(label=pgettext_lazy("hand-over", "From"), widget=moment())
    until = forms.DateTimeField(label=pgettext_lazy("hand-over", "Until"), widget=moment())
    reason = forms.CharField(label=_("Reason"), max_length=120)

    def __init__(self, actor: Actor, post: Post, data: Data = None, initial: Known = None) -> None:
        """Offer those who may stand in for the post."""
        super().__init__(data, initial=initial)
        field = self.fields["deputy"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = queries.deputies(actor, post)

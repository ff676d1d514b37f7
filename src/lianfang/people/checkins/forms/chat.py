"""A pasted 接龙 with what was tapped for its doubts."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.people.checkins.rules.chat import Settled

LONGEST, MOST_LINES, LONGEST_LINE = 60_000, 1000, 400
PASTE = _("Paste the text of the 接龙 from the chat first.")
TOO_LONG = _("This is longer than a chat can be; paste the 接龙 alone.")
TOO_MANY = _("More than %(most)s lines; paste the list in two parts.")
TOO_WIDE = _("Line %(n)s has more than %(most)s signs; break it, a line for each person.")
WHO, WHAT, AGAIN = "who-", "what-", "again-"


class ChatForm(forms.Form):
    """The pasted text; it stands there again whatever comes of it."""

    text = forms.CharField(
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        label=_("The 接龙 as it stands in the chat"),
        error_messages={"required": PASTE, "max_length": TOO_LONG},
    )
    today = forms.BooleanField(required=False)
    remember = forms.BooleanField(required=False)
    key = forms.UUIDField(required=False)

    def clean_text(self) -> str:
        """Refuse what says nothing at all."""
        text = str(self.cleaned_data["text"]).replace("\x00", "")
        if not text.strip():
            raise forms.ValidationError(PASTE)
        lines = text.splitlines()
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(TOO_MANY, params={"most": MOST_LINES})
        for number, line in enumerate(lines, 1):
            if len(line) > LONGEST_LINE:
                told = {"n": number, "most": LONGEST_LINE}
                raise forms.ValidationError(TOO_WIDE, params=told)
        return text

    @property
    def taps(self) -> Mapping[str, Settled]:
        """Return what was tapped, line by line."""
        sent = self.data if self.is_bound else {}
        keys = {name.split("-", 1)[1] for name in sent if name.startswith((WHO, WHAT, AGAIN))}
        return {
            key: Settled(
                who=str(sent.get(f"{WHO}{key}", "")),
                what=str(sent.get(f"{WHAT}{key}", "")),
                again=str(sent.get(f"{AGAIN}{key}", "")),
            )
            for key in keys
        }

"""Handing a post over to a deputy, and taking it back: on the phone as at the desk."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianfang.ground.orgs import queries, services
from lianfang.ground.orgs.forms.handing import HandOverForm
from lianfang.ground.orgs.queries.words import word
from lianfang.ground.orgs.rules.words import POST
from lianfang.ground.web.access import fresh
from lianfang.ground.web.forms import attempt
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel import clock


@fresh
def hand_over(request: ActorRequest, key: UUID) -> HttpResponse:
    """Let a deputy stand in for a post for a time."""
    post = queries.post_to_lend(request.actor, key)
    now = localtime(clock.now()).replace(second=0, microsecond=0)
    known: dict[str, object] = {"since": now, "until": now + timedelta(days=1)}
    form = HandOverForm(request.actor, post, request.POST or None, known)
    if form.is_valid():
        told = form.cleaned_data
        when = (told["since"], told["until"], told["reason"])
        lent = attempt(form, lambda: services.hand_over(request.actor, post, told["deputy"], *when))
        if lent:
            messages.success(request, _("%(name)s stands in then.") % {"name": lent.deputy})
            return redirect("orgs:hand_over", key)
    told = {
        "form": form,
        "post": post,
        "word": word(POST, post.role),
        "lent": queries.lent_by(request.actor, [post.user_id]),
    }
    return render(request, "orgs/hand_over.html", told)


@fresh
@require_POST
def take_back(request: ActorRequest, key: UUID) -> HttpResponse:
    """End a hand-over before its time."""
    row = services.take_back(request.actor, queries.lent(request.actor, key))
    messages.success(request, _("Taken back; it counts no more from the next click on."))
    return redirect("orgs:hand_over", row.post_id)

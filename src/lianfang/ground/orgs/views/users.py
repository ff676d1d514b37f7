"""Users, the posts they hold, and the reader's own page."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from lianfang.ground.orgs import queries, services
from lianfang.ground.orgs.forms import (
    ChangeUserForm,
    EnterUserForm,
    PasswordForm,
    PostForm,
    UsersFilter,
)
from lianfang.ground.orgs.queries.user_pages import (
    beginning,
    found_users,
    my_posts,
    user_lines,
    user_page,
)
from lianfang.ground.orgs.services.accounts import sign_ins_of, steps_of
from lianfang.ground.web.access import fresh, needs
from lianfang.ground.web.forms import attempt, done
from lianfang.ground.web.requests import ActorRequest
from lianfang.ground.web.words import chinese

A_PAGE = 50


@needs("users.read")
def users(request: ActorRequest) -> HttpResponse:
    """Show who may sign in, a page at a time."""
    form = UsersFilter(request.actor, request.GET)
    told = form.cleaned_data if form.is_valid() else {}
    found = found_users(
        request.actor,
        told.get("q", ""),
        told.get("role", ""),
        told.get("active", ""),
        told.get("unit"),
    )
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    lines = user_lines(request.actor, list(page.object_list))
    part = "orgs/_users.html" if request.htmx else "orgs/users.html"
    may_enter = bool(request.actor.reaches("users.create"))
    told = {"form": form, "page": page, "lines": lines, "may_enter": may_enter}
    told["may_tokens"] = bool(request.actor.reaches("tokens.read"))
    return render(request, part, told)


def user(request: ActorRequest, key: UUID) -> HttpResponse:
    """Show one user with his posts."""
    page = user_page(request.actor, queries.user(request.actor, key))
    told = {
        "factors": ("、" if chinese() else ", ").join(steps_of(page.user)),
        "sign_ins": sign_ins_of(request.actor, page.user, "users.end_sessions"),
    }
    return render(request, "orgs/user.html", {"page": page, "shown": page.user, **told})


@needs("users.create")
@fresh
@sensitive_post_parameters("password")
def user_enter(request: ActorRequest) -> HttpResponse:
    """Let somebody sign in."""
    begin = beginning(request.actor, request.GET, "users.create")
    form = EnterUserForm(request.actor, request.POST or None, {"home": begin.unit})
    if form.is_valid():
        told = form.cleaned_data
        named = (told["username"], told["name"], told["password"])
        made = attempt(form, lambda: services.create_user(request.actor, told["home"], *named))
        if made:
            messages.success(request, _("%(user)s may sign in; now the post.") % {"user": made})
            return redirect(f"{reverse('orgs:post_give', args=[made.pk])}?{begin.query}")
    return render(request, "orgs/user_form.html", {"form": form, "begin": begin})


@fresh
def user_change(request: ActorRequest, key: UUID) -> HttpResponse:
    """Change a user's name, or whether he may sign in."""
    user = queries.user(request.actor, key, "users.change")
    known = {"name": user.name, "active": user.is_active}
    form = ChangeUserForm(request.POST or None, initial=known)
    if form.is_valid() and done(
        form, lambda: services.change_user(request.actor, user, **form.cleaned_data)
    ):
        messages.success(request, _("%(user)s is changed.") % {"user": user})
        return redirect("orgs:user", key)
    return render(request, "orgs/user_form.html", {"form": form, "shown": user})


@fresh
@sensitive_post_parameters("password")
def user_password(request: ActorRequest, key: UUID) -> HttpResponse:
    """Give a user a new password."""
    user = queries.user(request.actor, key, "users.set_password")
    form = PasswordForm(user.username, user.name, request.POST or None)
    if form.is_valid() and done(
        form, lambda: services.set_password(request.actor, user, **form.cleaned_data)
    ):
        messages.success(request, _("%(user)s has a new password and is told so.") % {"user": user})
        return redirect("orgs:user", key)
    return render(request, "orgs/user_form.html", {"form": form, "shown": user})


@fresh
def post_give(request: ActorRequest, key: UUID) -> HttpResponse:
    """Give a user a post."""
    user = queries.user(request.actor, key, "posts.give")
    begin = beginning(request.actor, request.GET, "posts.give")
    known: dict[str, object] = {"unit": begin.unit or user.home_id, "role": begin.role}
    form = PostForm(request.actor, request.POST or None, known)
    if form.is_valid():
        told = form.cleaned_data
        which = (user, told["role"], told["site"])
        if done(form, lambda: services.give_post(request.actor, told["unit"], *which)):
            messages.success(request, _("%(user)s holds the post from now on.") % {"user": user})
            return redirect("orgs:user", key)
    return render(request, "orgs/post_form.html", {"form": form, "shown": user})


@fresh
@require_POST
def post_end(request: ActorRequest, key: UUID) -> HttpResponse:
    """End a post."""
    post = services.end_post(request.actor, queries.post(request.actor, key))
    messages.success(request, _("The post is ended; it counts no more."))
    return redirect("orgs:user", post.user_id)


def me(request: ActorRequest) -> HttpResponse:
    """Show the reader his posts and sign-ins."""
    actor = request.actor
    told = {
        "posts": my_posts(actor),
        "lent": queries.lent_by(actor, [own.pk] if (own := queries.myself(actor)) else ()),
        "sign_ins": queries.sign_ins(actor),
    }
    return render(request, "orgs/me.html", told)

"""Handing a post over to a deputy for a time, and taking it back."""

from datetime import datetime

from lianfang.ground.doors.act import act, may
from lianfang.ground.orgs import watchers
from lianfang.ground.orgs.models import HandOver, Post, User
from lianfang.ground.orgs.queries import human_of, name_of
from lianfang.ground.orgs.rules.handing import LONGEST_DAYS, is_too_long
from lianfang.ground.orgs.services.reach import not_himself
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotAllowed
from lianfang.kernel.texts import msgid

NOBODY_HERE = msgid("Only the holder of a post, or whoever gives posts there, hands it over.")
TO_HIMSELF = msgid("A post is handed over to somebody else.")
TO_ITS_HOLDER = msgid("%(name)s holds this post himself.")
NOT_ACTIVE = msgid("%(name)s may not sign in; choose somebody who can.")
ENDED = msgid("This post has ended; give it to somebody instead.")
PASSED = msgid("The end lies in the past; choose a later one.")
BACKWARDS = msgid("It ends before it begins; look at the two times again.")
OVERLAPS = msgid("%(name)s stands in for this post then already; take that hand-over back first.")
SAY_WHY = msgid("Say in a few words why: away, ill, on duty.")
NOT_BEGUN = msgid("This post begins later; it can be handed over from then on.")
TOO_LONG = msgid(
    "You hand a post over for at most %(most)d days; for longer, ask the administrator to give it"
    " to somebody."
)
OVER = msgid("This hand-over has ended already.")


@act("posts.hand_over", also=("deputy",))
def hand_over(
    actor: Actor, post: Post, deputy: User, since: datetime, until: datetime, reason: str
) -> HandOver:
    """Let a deputy act in a post for a time: its acts, and no others."""
    post = (
        Post.objects.select_for_update(of=("self",)).select_related("unit", "user").get(pk=post.pk)
    )
    _refuse_others(actor, post)
    not_himself(actor, deputy, TO_HIMSELF)
    _refuse_deputy(post, deputy)
    _refuse_times(post, since, until)
    if not _gives(actor, post) and is_too_long(since, until):
        raise BadInput(TOO_LONG, field="until", most=LONGEST_DAYS)
    if not reason.strip():
        raise BadInput(SAY_WHY, field="reason")
    lent = HandOver.objects.create(
        unit=post.unit,
        post=post,
        deputy=deputy,
        valid_from=since,
        valid_to=until,
        reason=reason.strip(),
        given_by=actor.who,
        given_by_name=name_of(actor),
    )
    if not _own(actor, post):
        watchers.post_lent(actor, lent, clock.now())
    return lent


@act("posts.take_back")
def take_back(actor: Actor, lent: HandOver) -> HandOver:
    """End a hand-over before its time; it counts no more from the next request on."""
    rows = HandOver.objects.select_for_update(of=("self",)).select_related("post__user", "unit")
    row = rows.get(pk=lent.pk)
    _refuse_others(actor, row.post)
    if row.taken_back_at is not None or row.valid_to <= clock.now():
        raise Conflict(OVER)
    row.taken_back_at, row.taken_back_by = clock.now(), actor.who
    row.save(update_fields=["taken_back_at", "taken_back_by"])
    return row


def _refuse_others(actor: Actor, post: Post) -> None:
    """Refuse whoever neither holds the post himself nor gives posts there; a deputy lends none."""
    if not _own(actor, post) and not _gives(actor, post):
        raise NotAllowed(NOBODY_HERE)


def _own(actor: Actor, post: Post) -> bool:
    return human_of(post.user_id, post.user.person) == actor.who


def _gives(actor: Actor, post: Post) -> bool:
    return may(actor, "posts.give", post) and not actor.in_stead("posts.give")


def _refuse_deputy(post: Post, deputy: User) -> None:
    if deputy.pk == post.user_id:
        raise BadInput(TO_ITS_HOLDER, field="deputy", name=str(deputy))
    if not deputy.is_active:
        raise BadInput(NOT_ACTIVE, field="deputy", name=str(deputy))


def _refuse_times(post: Post, since: datetime, until: datetime) -> None:
    if post.valid_to is not None and post.valid_to <= clock.now():
        raise Conflict(ENDED)
    if post.valid_from > max(since, clock.now()):
        raise BadInput(NOT_BEGUN, field="since")
    if until <= since:
        raise BadInput(BACKWARDS, field="until")
    if until <= clock.now():
        raise BadInput(PASSED, field="until")
    others = HandOver.objects.filter(post=post, taken_back_at=None)
    other = others.filter(valid_from__lt=until, valid_to__gt=since).select_related("deputy").first()
    if other is not None:
        raise BadInput(OVERLAPS, field="since", name=str(other.deputy))

"""The way from every page of a demo to its other posts and its clock."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from lianfang.ground.web.requests import ActorRequest
from lianfang.ground.web.top import Tag, mark
from lianfang.ground.web.words import clocktime
from lianfang.kernel import clock


def _tags(_request: ActorRequest) -> Sequence[Tag]:
    if not settings.DEMO:
        return []
    text = _("Demo %(time)s · other posts, clock") % {"time": clocktime(clock.now())}
    return [Tag(text, "drill", "/demo/")]


mark(_tags)

"""Whether the policy has a use for a part of the system, so that a page links to it or not."""

from django import template

from lianfang.ground.response.queries.features import feature
from lianfang.ground.response.rules.features import Feature

register = template.Library()


@register.simple_tag(takes_context=True)
def policy_has(context: template.Context, code: str) -> bool:
    """Tell whether a part is switched on anywhere in the reader's sight."""
    request = context.get("request")
    actor = getattr(request, "actor", None)
    return actor is None or feature(actor, Feature(code))

"""Finding by code, name, pinyin and the first letters of the pinyin."""

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Replace

from lianfang.ground.orgs.models import Site, Unit

JOINED = "pinyin_joined"


def named(found: QuerySet[Unit], query: str) -> QuerySet[Unit]:
    """Return the units whose code, name or pinyin has the words; `jhmf` finds 江海面粉."""
    return found.annotate(**_joined()).filter(_has(query, ("code", "name", "short_name")))


def sites_named(found: QuerySet[Site], query: str) -> QuerySet[Site]:
    """Return the sites whose code, name, address or pinyin has the words."""
    words = ("code", "name", "address", "subdistrict", "unit__name", "unit__short_name")
    return found.annotate(**_joined()).filter(_has(query, words))


def _joined() -> dict[str, Replace]:
    empty = Value("", output_field=CharField())
    return {JOINED: Replace(F("sort_key"), Value(" "), empty)}


def _has(query: str, columns: tuple[str, ...]) -> Q:
    found = Q((f"{JOINED}__contains", query.replace(" ", "").lower()))
    for column in columns:
        found |= Q((f"{column}__icontains", query))
    if query.isascii() and query.isalpha():
        letters = r"\S* ".join(query.lower())
        found |= Q(("sort_key__regex", f"(^| ){letters}"))
    return found

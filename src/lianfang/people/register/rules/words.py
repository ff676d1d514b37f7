"""The words in which the register speaks of people."""

from enum import StrEnum

from lianfang.kernel.identities import Document as DocumentKind

__all__ = [
    "ON_SITE",
    "STAFF",
    "DocumentKind",
    "Employment",
    "Gender",
    "History",
    "HowTold",
    "Population",
    "Purpose",
    "SealedColumn",
    "Transport",
    "population_of",
]


class Population(StrEnum):
    """The two populations that are never one headcount."""

    STAFF = "staff"
    ON_SITE = "on_site"


class Employment(StrEnum):
    """How somebody of the staff is employed (R82), or in what way he is on site."""

    REGULAR = "regular"
    TEMPORARY = "temporary"
    DISPATCHED = "dispatched"
    OUTSOURCED = "outsourced"
    INTERN = "intern"
    STALL_HOLDER = "stall_holder"
    STALL_WORKER = "stall_worker"
    TENANT = "tenant"
    CONTRACTOR = "contractor"


STAFF = (
    Employment.REGULAR,
    Employment.TEMPORARY,
    Employment.DISPATCHED,
    Employment.OUTSOURCED,
    Employment.INTERN,
)
ON_SITE = (
    Employment.STALL_HOLDER,
    Employment.STALL_WORKER,
    Employment.TENANT,
    Employment.CONTRACTOR,
)


def population_of(employment: str) -> Population:
    """Tell to which of the two populations somebody belongs."""
    return Population.STAFF if Employment(employment) in STAFF else Population.ON_SITE


class Gender(StrEnum):
    """As the identity document says."""

    MALE = "male"
    FEMALE = "female"


class Transport(StrEnum):
    """By what somebody travelled (form F03, row 14)."""

    RAIL = "rail"
    PLANE = "air"
    COACH = "coach"
    CAR = "car"
    FERRY = "ferry"
    OTHER = "other"


class HowTold(StrEnum):
    """How it was learnt: by himself, or an answer given for him (代报)."""

    SELF = "self"
    IN_PERSON = "in_person"
    BY_PHONE = "by_phone"
    FROM_CHAT = "from_chat"
    BY_RELATIVE = "by_relative"
    FROM_FILE = "from_file"


class History(StrEnum):
    """What a kind of epidemiological history in a policy pack is about (R80, R81)."""

    KEY_AREA = "key_area"
    PEOPLE_FROM_THERE = "people_from_there"
    CASE = "case"


class SealedColumn(StrEnum):
    """What of a person is sealed, and opens one by one and for a reason only."""

    DOCUMENT = "document"
    PHONE = "phone"
    ADDRESS = "address"
    REMARK = "remark"


class Purpose(StrEnum):
    """Why somebody looks at what is sealed."""

    REACH = "reach"
    VERIFY = "verify"
    FILE = "file"
    FOLLOW_UP = "follow_up"
    CORRECT = "correct"
    PERSON_ASKS = "person_asks"
    OTHER = "other"

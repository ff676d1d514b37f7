"""How the register's words are called on screens; each list has its own context."""

from collections.abc import Mapping
from types import MappingProxyType

from lianfang.kernel.texts import msgid_in
from lianfang.people.register.rules.words import (
    DocumentKind,
    Employment,
    Gender,
    HowTold,
    Population,
    Purpose,
    SealedColumn,
)

#: The contexts under which the catalogue keeps these short words.
POPULATION, EMPLOYMENT, GENDER, DOCUMENT = "population", "employment", "gender", "document"
HOW, PURPOSE, COLUMN, WHEREABOUTS = "how told", "purpose", "sealed column", "whereabouts"

IN_TOWN, AWAY, UNKNOWN = "in_town", "away", "unknown"

WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        POPULATION: {
            Population.STAFF: msgid_in("population", "Staff"),
            Population.ON_SITE: msgid_in("population", "People on site"),
        },
        EMPLOYMENT: {
            Employment.REGULAR: msgid_in("employment", "Regular"),
            Employment.DISPATCHED: msgid_in("employment", "Dispatched"),
            Employment.TEMPORARY: msgid_in("employment", "Temporary"),
            Employment.OUTSOURCED: msgid_in("employment", "Outsourced"),
            Employment.INTERN: msgid_in("employment", "Intern"),
            Employment.STALL_HOLDER: msgid_in("employment", "Stall holder"),
            Employment.STALL_WORKER: msgid_in("employment", "Stall worker"),
            Employment.TENANT: msgid_in("employment", "Tenant"),
            Employment.CONTRACTOR: msgid_in("employment", "Contractor"),
        },
        GENDER: {
            Gender.MALE: msgid_in("gender", "Male"),
            Gender.FEMALE: msgid_in("gender", "Female"),
        },
        DOCUMENT: {
            DocumentKind.IDENTITY_CARD: msgid_in("document", "Identity card"),
            DocumentKind.PASSPORT: msgid_in("document", "Passport"),
            DocumentKind.HK_MACAO_PERMIT: msgid_in("document", "Permit of Hong Kong and Macau"),
            DocumentKind.TAIWAN_PERMIT: msgid_in("document", "Permit of Taiwan residents"),
        },
        HOW: {
            HowTold.SELF: msgid_in("how told", "Told himself"),
            HowTold.IN_PERSON: msgid_in("how told", "Asked in person"),
            HowTold.BY_PHONE: msgid_in("how told", "Asked by phone"),
            HowTold.FROM_CHAT: msgid_in("how told", "From the chat group"),
            HowTold.BY_RELATIVE: msgid_in("how told", "Told by a relative"),
            HowTold.FROM_FILE: msgid_in("how told", "From a spreadsheet"),
        },
        PURPOSE: {
            Purpose.REACH: msgid_in("purpose", "To reach the person"),
            Purpose.VERIFY: msgid_in("purpose", "To check who it is"),
            Purpose.FILE: msgid_in("purpose", "To file with the community or disease control"),
            Purpose.FOLLOW_UP: msgid_in("purpose", "To follow up health or observation"),
            Purpose.CORRECT: msgid_in("purpose", "To correct what is registered"),
            Purpose.PERSON_ASKS: msgid_in("purpose", "The person asks for it"),
            Purpose.OTHER: msgid_in("purpose", "Something else"),
        },
        COLUMN: {
            SealedColumn.DOCUMENT: msgid_in("sealed column", "Document number"),
            SealedColumn.PHONE: msgid_in("sealed column", "Telephone"),
            SealedColumn.ADDRESS: msgid_in("sealed column", "Present address"),
            SealedColumn.REMARK: msgid_in("sealed column", "Remark"),
        },
        WHEREABOUTS: {
            IN_TOWN: msgid_in("whereabouts", "In town"),
            AWAY: msgid_in("whereabouts", "Not yet back"),
            UNKNOWN: msgid_in("whereabouts", "Unknown"),
        },
    }
)


def whereabouts(*, in_town: bool | None) -> str:
    """Return the code of where somebody is."""
    return UNKNOWN if in_town is None else IN_TOWN if in_town else AWAY

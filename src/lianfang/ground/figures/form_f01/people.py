"""The rows of form F01 that count people."""

from lianfang.ground.figures.form_f01.measures import PERSONS
from lianfang.kernel.texts import msgid

#: Code, label and definition (口径) by section and measure, in the order of the form.
COUNTED: tuple[tuple[str, str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "staff",
        PERSONS,
        (
            (
                "headcount_total",
                msgid("Staff on the roster"),
                msgid("Everybody on the roster today, whatever the kind of employment."),
            ),
            (
                "headcount_regular",
                msgid("of these: regular staff"),
                msgid("On the roster with a contract of the unit itself."),
            ),
            (
                "headcount_dispatched",
                msgid("of these: dispatched"),
                msgid("On the roster, employed by an agency and working for the unit."),
            ),
            (
                "headcount_temporary",
                msgid("of these: temporary"),
                msgid("On the roster for a short term; interns are counted apart."),
            ),
            (
                "headcount_outsourced",
                msgid("of these: outsourced"),
                msgid("Working at the unit every day for a contractor."),
            ),
        ),
    ),
    (
        "onsite",
        PERSONS,
        (
            (
                "onsite_total",
                msgid("People on site, registered"),
                msgid("Stall holders, their helpers, tenants and contractors; never staff."),
            ),
            (
                "onsite_reached",
                msgid("of these: reached today"),
                msgid("People on site for whom there is an answer of today."),
            ),
        ),
    ),
    (
        "movement",
        PERSONS,
        (
            (
                "in_town",
                msgid("In town"),
                msgid("Staff who stayed in town or are back."),
            ),
            (
                "not_returned",
                msgid("Not yet back"),
                msgid("Staff who left town and are not back."),
            ),
            (
                "in_hubei",
                msgid("of these: in a key area"),
                msgid("Not yet back and now in a key area of the policy pack."),
            ),
            (
                "returned_today",
                msgid("Back today"),
                msgid("Staff who came back to town on this day."),
            ),
            (
                "epi_history_14d",
                msgid("Epidemiological history"),
                msgid(
                    "Staff who lived in or travelled to a key area, or met people from there, "
                    "within the window of the policy pack."
                ),
            ),
        ),
    ),
    (
        "control",
        PERSONS,
        (
            (
                "home_isolation",
                msgid("Medical observation at home"),
                msgid("Under observation at home by decision of the authority."),
            ),
            (
                "central_isolation",
                msgid("Medical observation in a set place"),
                msgid("Under observation in a set place by decision of the authority."),
            ),
            (
                "home_rest",
                msgid("Rest at home"),
                msgid("Resting at home by arrangement of the unit."),
            ),
            (
                "isolation_new",
                msgid("New under observation"),
                msgid("Observation that began on this day."),
            ),
            (
                "isolation_released",
                msgid("Released from observation"),
                msgid("Observation that ended on this day with a release notice."),
            ),
            (
                "isolation_total",
                msgid("Under observation, total ever"),
                msgid("Everybody who was ever under observation in this response."),
            ),
        ),
    ),
    (
        "risk",
        PERSONS,
        (
            (
                "symptomatic",
                msgid("With fever or other symptoms"),
                msgid("People with a symptom or a feverish reading on this day."),
            ),
            (
                "suspected",
                msgid("Suspected cases"),
                msgid("As told by a hospital or disease control; never worked out here."),
            ),
            (
                "confirmed",
                msgid("Confirmed cases"),
                msgid("As told by a hospital or disease control; never worked out here."),
            ),
            (
                "close_contacts",
                msgid("Close contacts"),
                msgid("As decided by disease control or the locality; never worked out here."),
            ),
            (
                "recovered",
                msgid("Recovered or released"),
                msgid("Cases that left hospital and contacts that were released, total ever."),
            ),
        ),
    ),
)

"""The rows of form F01 that count work: who is at work, gates, places, stock, duty, petitions."""

from lianfang.ground.figures.form_f01.measures import (
    LITRES,
    MASKS,
    PERSONS,
    PETITIONS,
    PIECES,
    PLACES,
    TIMES,
)
from lianfang.ground.figures.rules import Kind
from lianfang.kernel.texts import msgid

COUNTED: tuple[tuple[str, str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "work",
        PERSONS,
        (
            (
                "on_duty",
                msgid("At work on site"),
                msgid("Staff who work at a site of the unit on this day."),
            ),
            (
                "remote_work",
                msgid("Working from home"),
                msgid("Staff who work from home on this day."),
            ),
        ),
    ),
    (
        "temperature",
        TIMES,
        (
            (
                "temp_due",
                msgid("Readings due"),
                msgid("Readings that the policy pack demands on this day."),
            ),
            (
                "temp_done",
                msgid("Readings taken"),
                msgid("Of the readings due, those that were taken."),
            ),
            (
                "temp_abnormal",
                msgid("Abnormal readings"),
                msgid("Readings at or above the fever threshold of the policy pack."),
            ),
        ),
    ),
    (
        "gate",
        TIMES,
        (
            (
                "visitors",
                msgid("Visitors registered"),
                msgid("Visits that a gate registered on this day."),
            ),
            (
                "entries_refused",
                msgid("Not let in"),
                msgid("People persuaded at a gate not to enter, each time counted."),
            ),
        ),
    ),
    (
        "hygiene",
        PLACES,
        (
            (
                "disinfect_due",
                msgid("Places to disinfect"),
                msgid("Places whose plan has a round on this day."),
            ),
            (
                "disinfect_done",
                msgid("Places disinfected"),
                msgid("Of these, places with a finished round."),
            ),
        ),
    ),
    (
        "petitions",
        PETITIONS,
        (
            (
                "petitions_new",
                msgid("Petitions received"),
                msgid("Petitions and demands that came in on this day."),
            ),
            (
                "petitions_closed",
                msgid("Petitions closed"),
                msgid("Petitions and demands answered and closed on this day."),
            ),
            (
                "petitions_open",
                msgid("Petitions open"),
                msgid("Petitions and demands not closed at the end of this day."),
            ),
        ),
    ),
)

STOCKED = (
    (
        "masks_balance",
        msgid("Masks in stock"),
        msgid("Masks of all kinds at the last count of this day."),
        MASKS,
        Kind.WHOLE,
    ),
    (
        "masks_used",
        msgid("Masks used today"),
        msgid("Masks handed out on this day."),
        MASKS,
        Kind.WHOLE,
    ),
    (
        "disinfectant_balance",
        msgid("Disinfectant in stock"),
        msgid("Disinfectant of all kinds at the last count of this day, undiluted."),
        LITRES,
        Kind.DECIMAL,
    ),
    (
        "thermometers",
        msgid("Thermometers"),
        msgid("Thermometers that work, of all kinds."),
        PIECES,
        Kind.WHOLE,
    ),
)

WRITTEN = (
    (
        "duty_leader",
        msgid("Leader on duty"),
        msgid("Who is in charge of the duty watch on this day."),
    ),
    (
        "duty_staff",
        msgid("Staff on duty"),
        msgid("Who keeps the duty watch on this day."),
    ),
)

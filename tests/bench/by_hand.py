"""One GROUP BY a table, as somebody would write it by hand who wants these numbers and no more."""

from collections.abc import Mapping

#: The same conditional counts; of dated rows those that stand now.
BY_HAND: Mapping[str, str] = {
    "memberships": """
        SELECT unit_id, SUM(population = 'staff'), SUM(population = 'on_site'),
            SUM(employment = 'regular'), SUM(employment = 'dispatched'),
            SUM(employment = 'temporary'), SUM(employment = 'outsourced'),
            SUM(employment = 'intern'), SUM(employment = 'stall_holder'),
            SUM(employment = 'stall_worker'), SUM(employment = 'tenant'),
            SUM(employment = 'contractor')
        FROM register_membership WHERE valid_from <= %(now)s
            AND (valid_to IS NULL OR valid_to > %(now)s) GROUP BY unit_id""",
    "movements": """
        SELECT unit_id,
            SUM(population = 'staff' AND in_town), SUM(population = 'staff' AND NOT in_town),
            SUM(population = 'staff' AND in_town IS NULL),
            SUM(population = 'staff' AND NOT in_town AND region LIKE '42%%'),
            SUM(population = 'staff' AND in_town AND returned_on = %(day)s),
            SUM(population = 'on_site' AND in_town), SUM(population = 'on_site' AND NOT in_town),
            SUM(population = 'on_site' AND in_town IS NULL),
            SUM(population = 'on_site' AND NOT in_town AND region LIKE '42%%'),
            SUM(population = 'on_site' AND in_town AND returned_on = %(day)s)
        FROM register_movement WHERE valid_from <= %(now)s
            AND (valid_to IS NULL OR valid_to > %(now)s) GROUP BY unit_id""",
    "people": """
        SELECT unit_id,
            SUM(population = 'staff'
                AND (person_no = '' OR document_index IS NULL OR phone_index IS NULL)),
            SUM(population = 'on_site' AND (document_index IS NULL OR phone_index IS NULL))
        FROM register_person WHERE left_at IS NULL GROUP BY unit_id""",
    "exposures": """
        SELECT unit_id, COUNT(DISTINCT CASE WHEN population = 'staff' THEN person_id END),
            COUNT(DISTINCT CASE WHEN population = 'on_site' THEN person_id END)
        FROM register_exposure
        WHERE withdrawn_at IS NULL AND recorded_at <= %(now)s
            AND last_day > date(%(day)s, '-14 days') AND last_day <= %(day)s
        GROUP BY unit_id""",
    "check-ins": """
        SELECT unit_id,
            COUNT(DISTINCT CASE WHEN population = 'staff' AND counts THEN person_id END),
            COUNT(DISTINCT CASE WHEN population = 'on_site' AND counts THEN person_id END),
            COUNT(DISTINCT CASE WHEN population = 'staff' AND counts
                AND temperature IS NOT NULL THEN person_id END),
            COUNT(DISTINCT CASE WHEN population = 'staff' AND counts
                AND (verdict = 'fever' OR symptoms <> '[]') THEN person_id END),
            COUNT(DISTINCT CASE WHEN population = 'on_site' AND counts
                AND (verdict = 'fever' OR symptoms <> '[]') THEN person_id END),
            SUM(population = 'staff' AND verdict = 'fever'),
            SUM(population = 'on_site' AND verdict = 'fever')
        FROM checkins_checkin WHERE day = %(day)s AND recorded_at <= %(now)s GROUP BY unit_id""",
    "attempts": """
        SELECT unit_id, COUNT(DISTINCT CASE WHEN population = 'staff' THEN person_id END),
            COUNT(DISTINCT CASE WHEN population = 'on_site' THEN person_id END)
        FROM checkins_attempt WHERE day = %(day)s AND recorded_at <= %(now)s GROUP BY unit_id""",
    "stalls": """
        SELECT unit_id, COUNT(*), SUM(state = 'open'), SUM(state = 'not_returned')
        FROM orgs_stall GROUP BY unit_id""",
    "typed": """
        SELECT unit_id, code, MAX(recorded_at) FROM figures_typed
        WHERE day = %(day)s AND recorded_at <= %(now)s GROUP BY unit_id, code""",
}

"""What there is to do, by kinds of work: the sets of acts of which the posts are made."""

#: What everybody who signs in may do with what is addressed to him or about himself.
EVERYBODY = frozenset(
    {
        "response.read",
        "notices.read",
        "notices.mark_read",
        "loops.read",
        "loops.acknowledge",
        "loops.done",
        "loops.note",
        "files.read",
        "trail.own",
        "users.own",
        "users.remove_own_factor",
        "users.rename_own_factor",
        "users.disconnect_own",
        "users.end_own_sessions",
    }
)

#: What a person may do with his own rows.
OWN = frozenset(
    {
        "checkins.read",
        "checkins.record",
        "people.own",
        "screening.read",
        "trail.own",
        "response.read",
    }
)

LOOK = frozenset(
    {
        "units.read",
        "sites.read",
        "stalls.read",
        "figures.read",
        "reports.read",
        "bulletins.read",
        "briefings.read",
        "loops.read",
        "command.read",
        "signing.read",
        "posts.hand_over",  # his own post alone, which the service sees to
        "posts.take_back",
    }
)
#: What whoever signs papers does on them; whether a step is his to take, the route says.
SIGN = frozenset({"signing.agree", "signing.return", "signing.undo", "signing.object"})
LOOK_AT_PEOPLE = frozenset({"files.read", "people.read", "checkins.read", "screening.read"})
TAKE_PART = frozenset(
    {
        "loops.assign",
        "loops.verify",
        "loops.return",
        "loops.waive",
        "loops.undo",
        "loops.note",
        "files.keep",
        "files.read",
    }
)

PEOPLE_WORK = frozenset(
    {
        "people.import",
        "people.enter",
        "people.change",
        "people.reveal",
        "people.move",
        "people.leave",
        "people.export",
        "stalls.import",
        "imports.bring",
        "imports.settle",
        "movements.record",
        "exposures.record",
        "exposures.withdraw",
        "posters.hang",
        "posters.take_down",
        "joins.take_in",
        "joins.merge",
        "joins.refuse",
        "links.make",
        "links.revoke",
        "checkins.record",
        "checkins.record_chat",
        "checkins.attempt",
        "chat_names.remember",
        "chat_names.forget",
        "screening.rescreen",
    }
)
#: Taking a cut-off unit's workbook back: whoever gets it by chat or mail brings it in as a whole.
BRING_BOOKS = frozenset({"daybooks.read", "daybooks.bring", "daybooks.settle"})
GIVE_BOOKS = BRING_BOOKS | {"daybooks.give", "daybooks.remarks"}
REPORT_WORK = frozenset(
    {
        "figures.type",
        "reports.override",
        "reports.override_back",
        "reports.write",
        "reports.sign",
        "reports.submit",
        "notices.send",
    }
)
#: What a unit does about its own command structure, the group as every subsidiary.
COMMAND_WORK = frozenset(
    {
        "command.appoint",
        "command.replace",
        "command.end",
        "command.charge",
        "command.discharge",
        "command.sign",
        "command.issue",
        "command.phone",
    }
)
#: What the leaders and the office of the group do about those whom they look after.
LOOK_AFTER = frozenset(
    {
        "command.ask",
        "command.phone",
        "contacts.read",
        "contacts.log",
        "contacts.complete",
        "contacts.open",
        "contacts.task",
    }
)
OFFICE_WORK = frozenset(
    {
        "reports.accept",
        "reports.return",
        "reports.chase",
        "bulletins.draft",
        "bulletins.check",
        "bulletins.release",
        "briefings.draft",
        "briefings.write",
        "briefings.check",
        "briefings.release",
        "briefings.again",
        "loops.waive",
        "response.begin",
        "response.level",
        "response.phase",
        "response.campaign",
        "response.draft",
        "response.redraft",
        "response.discard",
        "response.enact",
        "response.supplement",
        "response.cases",
        "response.key_period",
        "response.lift",
        "response.end",
        "figures.adopt",
        "command.liaison",
        "command.letter",
        "contacts.export",
    }
)
ORGANISE = frozenset(
    {
        "units.enter",
        "units.change",
        "units.move",
        "units.keep_name",
        "units.import",
        "sites.enter",
        "sites.change",
        "sites.import",
        "imports.bring",
        "imports.settle",
        "users.read",
        "users.create",
        "users.change",
        "users.set_password",
        "users.end_sessions",
        "users.take_factors",
        "posts.give",
        "posts.end",
        "tokens.read",
        "tokens.create",
        "tokens.revoke",
    }
)

#: What somebody must do himself: a program does it only in the name of one who may do it there.
IN_PERSON = frozenset(
    {
        "reports.sign",
        "reports.accept",
        "reports.return",
        "bulletins.check",
        "bulletins.endorse",
        "bulletins.release",
        "signing.agree",
        "signing.return",
        "signing.instruct",
        "signing.record",
        "signing.undo",
        "signing.object",
        "response.enact",
        "loops.verify",
        "loops.return",
        "loops.waive",
        "loops.undo",
        "people.reveal",
        "people.export",
        "daybooks.give",
        "daybooks.remarks",
        "trail.export",
        "users.create",
        "users.change",
        "users.set_password",
        "users.end_sessions",
        "users.take_factors",
        "posts.give",
        "posts.end",
        "posts.hand_over",
        "posts.take_back",
        "tokens.create",
        "tokens.revoke",
    }
)

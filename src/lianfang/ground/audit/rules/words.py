"""The acts in the words in which the trail tells them; the screens translate these sentences."""

from collections.abc import Mapping
from types import MappingProxyType

from lianfang.kernel.texts import msgid_in

#: What was done, said of whoever did it. An act that stands here without words fails a test.
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "users.sign_in": msgid_in("act", "Signed in"),
        "users.sign_out": msgid_in("act", "Signed out"),
        "users.sign_in_failed": msgid_in("act", "Tried to sign in with a wrong name or password"),
        "users.locked_out": msgid_in("act", "Was locked out after too many wrong passwords"),
        "users.change_password": msgid_in("act", "Changed the own password"),
        "trail.seal": msgid_in("act", "Sealed the trail"),
        "trail.export": msgid_in("act", "Took a copy of the trail"),
        "files.keep": msgid_in("act", "Kept a file"),
        "files.read": msgid_in("act", "Opened a file"),
        "units.enter": msgid_in("act", "Entered a unit"),
        "units.change": msgid_in("act", "Changed what is known of a unit"),
        "units.move": msgid_in("act", "Put a unit under another superior"),
        "units.keep_name": msgid_in("act", "Entered a former name of a unit"),
        "units.import": msgid_in("act", "Imported units"),
        "sites.enter": msgid_in("act", "Entered a site"),
        "sites.change": msgid_in("act", "Changed what is known of a site"),
        "sites.import": msgid_in("act", "Imported sites"),
        "stalls.import": msgid_in("act", "Imported stalls"),
        "users.create": msgid_in("act", "Opened an account"),
        "users.change": msgid_in("act", "Changed an account"),
        "users.set_password": msgid_in("act", "Set somebody's password"),
        "posts.give": msgid_in("act", "Gave a post"),
        "posts.end": msgid_in("act", "Ended a post"),
        "tokens.create": msgid_in("act", "Made a token"),
        "tokens.revoke": msgid_in("act", "Revoked a token"),
        "figures.type": msgid_in("act", "Typed in a figure"),
        "figures.adopt": msgid_in("act", "Chose where a figure comes from"),
        "response.begin": msgid_in("act", "Began a response"),
        "response.level": msgid_in("act", "Changed the response level"),
        "response.phase": msgid_in("act", "Changed the phase of the response"),
        "response.campaign": msgid_in("act", "Set the campaign"),
        "response.adopt": msgid_in("act", "Put a policy pack into force"),
        "response.amend": msgid_in("act", "Made a unit's rules stricter"),
        "response.supplement": msgid_in("act", "Supplemented the policy pack"),
        "response.cases": msgid_in("act", "Entered the case numbers of a day"),
        "response.key_period": msgid_in("act", "Marked days in which more is at stake"),
        "response.lift": msgid_in("act", "Lifted a stricter rule of a unit"),
        "response.end": msgid_in("act", "Ended the response"),
        "notices.send": msgid_in("act", "Sent a notice"),
        "notices.mark_read": msgid_in("act", "Marked a notice as read"),
        "loops.assign": msgid_in("act", "Assigned a matter"),
        "loops.acknowledge": msgid_in("act", "Acknowledged a matter"),
        "loops.done": msgid_in("act", "Reported a matter as done"),
        "loops.verify": msgid_in("act", "Verified a matter"),
        "loops.return": msgid_in("act", "Returned a matter"),
        "loops.waive": msgid_in("act", "Waived a matter"),
        "loops.undo": msgid_in("act", "Took a verification or return back at once"),
        "loops.note": msgid_in("act", "Left a note on a matter"),
        "loops.remind": msgid_in("act", "Reminded of what is due"),
        "imports.bring": msgid_in("act", "Uploaded a spreadsheet"),
        "imports.settle": msgid_in("act", "Closed an import"),
        "people.import": msgid_in("act", "Imported people"),
        "people.enter": msgid_in("act", "Entered a person"),
        "people.change": msgid_in("act", "Changed what is known of a person"),
        "people.reveal": msgid_in("act", "Looked at a person's hidden data"),
        "people.move": msgid_in("act", "Moved a person to another unit"),
        "people.export": msgid_in("act", "Took a list of people away"),
        "people.leave": msgid_in("act", "Took a person off the roll"),
        "movements.record": msgid_in("act", "Recorded where a person is"),
        "exposures.record": msgid_in("act", "Recorded a contact found by disease control"),
        "exposures.withdraw": msgid_in("act", "Withdrew a piece of history"),
        "screening.rescreen": msgid_in("act", "Worked out the status of people anew"),
        "links.make": msgid_in("act", "Made a personal link"),
        "links.revoke": msgid_in("act", "Revoked a personal link"),
        "checkins.record": msgid_in("act", "Recorded a check-in"),
        "checkins.run_out": msgid_in("act", "Worked out anew who has not reported in time"),
        "checkins.attempt": msgid_in("act", "Recorded an attempt to reach a person"),
        "reports.write": msgid_in("act", "Wrote in a daily report"),
        "reports.open_day": msgid_in("act", "Opened the reports of a day"),
        "reports.override": msgid_in("act", "Corrected a figure of a daily report"),
        "reports.override_back": msgid_in("act", "Took a correction of a figure back"),
        "reports.sign": msgid_in("act", "Signed a daily report"),
        "reports.submit": msgid_in("act", "Submitted a daily report"),
        "reports.accept": msgid_in("act", "Accepted a daily report"),
        "reports.return": msgid_in("act", "Returned a daily report"),
        "reports.chase": msgid_in("act", "Reminded of missing reports"),
        "bulletins.draft": msgid_in("act", "Drafted the daily situation"),
        "bulletins.check": msgid_in("act", "Checked the daily situation"),
        "bulletins.release": msgid_in("act", "Issued the daily situation"),
        "demo.move_clock": msgid_in("act", "Moved the time of the demo"),
    }
)

#: The ways in, as the trail tells them.
WAYS: Mapping[str, str] = MappingProxyType(
    {
        "web": msgid_in("way in", "Screen"),
        "api": msgid_in("way in", "Program"),
        "link": msgid_in("way in", "Personal link"),
        "cli": msgid_in("way in", "Command line"),
        "tick": msgid_in("way in", "Clock"),
    }
)

#: Who acts without being a person.
NAMELESS: Mapping[str, str] = MappingProxyType(
    {
        "operator": msgid_in("who acts", "The operator of the command line"),
        "clock": msgid_in("who acts", "The clock"),
        "token": msgid_in("who acts", "A program"),
        "device": msgid_in("who acts", "A device"),
        "person": msgid_in("who acts", "An employee"),
        "user": msgid_in("who acts", "A user"),
        "nobody": msgid_in("who acts", "Somebody unknown"),
    }
)

#: Why something was refused, by the kind of the refusal.
REFUSALS: Mapping[str, str] = MappingProxyType(
    {
        "NotAllowed": msgid_in("refusal", "not allowed"),
        "BadInput": msgid_in("refusal", "wrong input"),
        "NoKey": msgid_in("refusal", "came without a key"),
        "KeyReused": msgid_in("refusal", "the key was used before"),
        "Conflict": msgid_in("refusal", "contradicts what stands"),
        "NotYourself": msgid_in("refusal", "must be done by somebody else"),
        "TooLate": msgid_in("refusal", "too late"),
    }
)

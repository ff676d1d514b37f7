"""What screening does at every tick, and what it tells those who write the policy pack."""

from lianfang.ground.loops.registry import Job, declare_job
from lianfang.ground.response.watchers import Speech, rules_are_spoken, when_a_change_is_weighed
from lianfang.people.screening.foreseeing import answer, check, foresee, names
from lianfang.people.screening.services import follow_turns

declare_job(Job("screening.turns", follow_turns))
rules_are_spoken(Speech(names, check, answer))
when_a_change_is_weighed(foresee)

"""In which units of measure figures are counted."""

from lianfang.kernel.texts import msgid

PERSONS, TIMES, PLACES = msgid("persons"), msgid("person-times"), msgid("places")
PETITIONS, STALLS, MASKS = msgid("petitions"), msgid("stalls"), msgid("masks")
LITRES, PIECES, TEXT = msgid("litres"), msgid("pieces"), ""

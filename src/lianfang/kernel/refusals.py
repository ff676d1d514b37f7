"""The reasons why Lianfang says no, each of them shown to the user as one sentence."""


class Refused(Exception):
    """Something was asked for that the rules do not allow."""

    status = 409

    def __init__(self, sentence: str, field: str = "", **values: object) -> None:
        """Take an English msgid with `%(name)s` places, the field it belongs to and the values."""
        super().__init__(sentence % values if values else sentence)
        self.sentence, self.field, self.values = sentence, field, values


class NotAllowed(Refused):
    """The actor holds no post that allows this act here; looks as if nothing were there."""

    status = 404


class BadInput(Refused):
    """What was typed cannot be taken as it is."""

    status = 422


class NoKey(Refused):
    """A POST came without an idempotency key."""

    status = 400


class KeyReused(Refused):
    """An idempotency key came back with another body."""

    status = 422


class Conflict(Refused):
    """Something that must never be false would have become false."""


class NotYourself(Refused):
    """Whoever did it cannot be the one who sees it done."""


class TooLate(Refused):
    """The time for this has passed."""

"""What the domain refuses: one class per refusal. How each is answered over HTTP is the service's table.

Refused (every class below)
    BadField        a value cannot be: names the field
        PublishedAhead, UnknownSurvivor
    NotAllowed      the action does not allow the fact where it stands
        UnderHalt, NothingToReinstate, MergeIntoItself, MergeIntoHalted, MergeInCircle
    SourceRefTaken  another report has this source_ref
    OtherVersion    the action has moved on since the version that was expected
    UnknownAction   no action has this id
        UnknownSourceRef    no action has this source_ref
"""


class Refused(Exception):
    """A fact that is not recorded; the message names what was given and what would be right."""

    loc: tuple[str, ...] = ()
    """The path in the fact to the field that is refused; empty where it is none of its fields."""


class BadField(Refused):
    """A single value is wrong."""

    def __init__(self, loc: tuple[str, ...], message: str) -> None:
        super().__init__(message)
        self.loc = loc


class PublishedAhead(BadField):
    """A report or a fact is dated more than a day ahead of the server's clock."""


class UnknownSurvivor(BadField):
    """`into` of a merge names no action."""


class NotAllowed(Refused):
    """The state just before the fact's own place in the order of clocks does not allow it."""

    loc = ("type",)


class UnderHalt(NotAllowed):
    """The action is retracted or merged there."""


class NothingToReinstate(NotAllowed):
    """There is neither a halt nor a cancellation there."""


class MergeIntoItself(NotAllowed):
    """An action cannot survive its own merge."""

    loc = ("into",)


class MergeIntoHalted(NotAllowed):
    """The survivor is itself retracted or merged there."""

    loc = ("into",)


class MergeInCircle(NotAllowed):
    """At some moment the chain of merges would lead back."""

    loc = ("into",)


class SourceRefTaken(Refused):
    """Another report already stands under this source_ref or id."""

    loc = ("source_ref",)


class OtherVersion(Refused):
    """The version that the client expected is not the one the action has now."""


class UnknownAction(Refused):
    """There is no such action."""

    loc = ("id",)


class UnknownSourceRef(UnknownAction):
    """No action was reported under this source_ref."""

    loc = ("source_ref",)

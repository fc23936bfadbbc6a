"""What the domain refuses: one class per refusal. How each is answered over HTTP is the service's table.

Refused (every class below)
    BadField        a value cannot be: names the field
        PublishedAhead, UnknownSurvivor
    NotAllowed      the action does not allow the fact where it stands
        UnderHalt, NothingToReinstate, MergeIntoItself, MergeIntoHalted, MergeInCircle
    SourceRefTaken  another report has this source_ref
    OtherVersion    the action has moved on since the version that was expected
    UnknownAction   no action has this id or source_ref
"""


class Refused(Exception):
    """A fact that is not recorded; the message names what was given and what would be right."""


class BadField(Refused):
    """A single value is wrong; `loc` is the path to it in the fact."""

    def __init__(self, loc: tuple[str, ...], message: str) -> None:
        super().__init__(message)
        self.loc = loc


class PublishedAhead(BadField):
    """A report or a fact is dated more than a day ahead of the server's clock."""


class UnknownSurvivor(BadField):
    """`into` of a merge names no action."""


class NotAllowed(Refused):
    """The state just before the fact's own place in the order of clocks does not allow it."""


class UnderHalt(NotAllowed):
    """The action is retracted or merged there."""


class NothingToReinstate(NotAllowed):
    """There is neither a halt nor a cancellation there."""


class MergeIntoItself(NotAllowed):
    """An action cannot survive its own merge."""


class MergeIntoHalted(NotAllowed):
    """The survivor is itself retracted or merged there."""


class MergeInCircle(NotAllowed):
    """At some moment the chain of merges would lead back."""


class SourceRefTaken(Refused):
    """Another report already stands under this source_ref or id."""


class OtherVersion(Refused):
    """The version that the client expected is not the one the action has now."""


class UnknownAction(Refused):
    """There is no such action."""

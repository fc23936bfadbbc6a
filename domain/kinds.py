"""The vocabulary of actions: one row a kind, and nothing else to touch when one is added.

PLOVER types and modes are those of its manual, with the sixteen types of POLECAT (Halterman and others, 2023). CAMEO
codes are those of its codebook (Schrodt, 2012): roots of two digits, or bases of three where a base fits.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

PloverType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """What sort of thing was done.

    `plover` is None where PLOVER has no one type for it; `mode` is None where none of its modes always fits.
    """

    name: str
    plover: PloverType | None
    mode: str | None
    cameo: tuple[str, ...]
    definition: str

    @property
    def label(self) -> str:
        """The name as a heading shows it."""
        return self.name.capitalize()


# fmt: off
_TABLE = (
    Kind("summit", "CONSULT", "multilateral", ("04",), "Heads of state or government meet, by prior plan."),
    Kind("conference", "CONSULT", "multilateral", ("04",), "Many delegations meet on a set subject."),
    Kind("meeting", "CONSULT", None, ("04", "044"), "Officials talk in person, outside a summit or a visit."),
    Kind("visit", "CONSULT", "visit", ("042", "043"), "A leader or minister goes to another country as its guest."),
    Kind("delegation", "CONSULT", "visit", ("042", "043"), "A group is sent abroad to act for its sender."),
    Kind("call", "CONSULT", "phone", ("041",), "Officials talk from afar, by telephone or video."),
    Kind("negotiation", "CONSULT", None, ("046",), "Parties bargain over terms that are not settled yet."),
    Kind("mediation", "CONSULT", None, ("045",), "A third party works to settle a dispute of others."),
    # PLOVER leaves plain comments out, on purpose.
    Kind("statement", None, None, ("01",), "A position is made public; nothing is asked, offered or threatened."),
    Kind("appeal", "REQUEST", None, ("02", "10"), "One party asks or demands that another do something."),
    Kind("offer", "AGREE", None, ("03",), "A party says what it is willing to do, with or without conditions."),
    Kind("agreement", "SUPPORT", None, ("057",), "Parties conclude, sign or ratify a text that binds them."),
    Kind("recognition", "SUPPORT", None, ("054",), "A state or government is accepted as such, or relations open."),
    Kind("appointment", "SUPPORT", None, ("050",), "Someone is named to, or accredited in, a diplomatic post."),
    Kind("endorsement", "SUPPORT", None, ("051", "052", "053"), "A party publicly backs the policy or act of another."),
    Kind("cooperation", "COOPERATE", None, ("06",), "Parties do something material together for mutual gain."),
    Kind("aid", "AID", None, ("07",), "Money, goods, arms, people or asylum are given to another."),
    # For or against would decide between SUPPORT and REJECT; the kind alone does not say which.
    Kind("vote", None, None, ("05", "12"), "An international body or a parliament votes on a foreign matter."),
    # PLOVER's PROTEST is for crowds in the street.
    Kind("protest", "ACCUSE", "disapprove", ("11",), "A government objects formally: a note, a summons, a walk-out."),
    Kind("rejection", "REJECT", None, ("12",), "A proposal, request or demand is refused."),
    Kind("threat", "THREATEN", None, ("13",), "Harm or loss is announced, should another act or fail to."),
    Kind("sanction", "SANCTION", None, ("16",), "Trade, funds, travel, aid or relations are cut to press another."),
    Kind("expulsion", "SANCTION", "expel", ("166",), "Diplomats, observers or missions are sent out of a country."),
)
# fmt: on

KINDS: dict[str, Kind] = {kind.name: kind for kind in _TABLE}
"""Every kind by its name, in the order in which they are shown."""


def _known(name: str) -> str:
    """The name itself; ValueError, naming it and all that are allowed, where it is no kind."""
    if name not in KINDS:
        raise ValueError(f"unknown kind {name!r}; allowed: {', '.join(KINDS)}")
    return name


KindName = Annotated[
    str, AfterValidator(_known), Field(json_schema_extra={"enum": list[object](KINDS)}, examples=["visit"])
]
"""The name of a kind, as a pydantic field type."""

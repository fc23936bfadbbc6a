"""What can be asked of the log. `ALL` lists the read models; they advance together, in one transaction."""

from projections.readmodel import Projection
from projections.tallies import TALLIES
from projections.timeline import TIMELINE

ALL: tuple[Projection, ...] = (TIMELINE, TALLIES)

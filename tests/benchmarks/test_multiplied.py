"""A store made of the rows of another one has every action several times, under ids of their own."""

from pathlib import Path

from benchmarks.multiplied import MOST, multiply
from domain.instants import FOREVER
from projections import pages
from projections.counts import counts
from projections.filters import Filters
from projections.readmodel import Moment
from service import demo
from service.instance import Instance
from tests.support.store import opened

EVERYTHING = [Filters(), Filters(country=("FRA",)), Filters(q=("Paris",)), Filters(topic=("security-guarantees",))]


def total(instance: Instance, filters: Filters) -> int:
    found: int = instance.run(pages.total(instance.database, filters, now(instance)))
    return found


def now(instance: Instance) -> Moment:
    return Moment(FOREVER - 1, instance.log.head())


def test_given_a_store_when_multiplied_then_all_is_read_as_many_times(tmp_path: Path) -> None:
    with opened(str(tmp_path / "base")) as base:
        demo.load(base)
        once = {filters: total(base, filters) for filters in EVERYTHING}
        positions = base.log.head()
    multiply(tmp_path / "base", tmp_path / "many", MOST)
    with opened(str(tmp_path / "many")) as many:
        assert {filters: total(many, filters) for filters in EVERYTHING} == {
            filters: MOST * count for filters, count in once.items()
        }
        by_kind = many.run(counts(many.database, Filters(), now(many), None, ["kind"]))
        assert sum(row.count for row in by_kind) == MOST * once[Filters()]
        rows = many.run(pages.page(many.database, Filters(), now(many), "date", None, 10 * MOST * positions))
        assert len({row[1] for row in rows}) == len(rows) == MOST * once[Filters()]
        assert all(f'"id":"{row[1]}"' in row[2].decode() for row in rows)
        assert many.log.head() == MOST * positions == many.projector.catch_up()

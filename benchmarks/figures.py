"""One row of the table that `./timeline bench` prints."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`value` is a ratio, or what `name` says; `least` tells whether the aim is a least value or a greatest one."""

    name: str
    value: float
    aim: float
    least: bool = True

    def row(self) -> str:
        met = self.value >= self.aim if self.least else self.value <= self.aim
        sign = ">=" if self.least else "<="
        return f"{self.name:<72} {self.value:>10,.2f} {sign} {self.aim:>9,.2f}  {'met' if met else 'missed'}"

"""How colours differ, for whom: contrast (WCAG 2), distance (OKLab), colour blindness (Machado and others, 2009)."""

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]

EYES: dict[str, Matrix] = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
TO_LMS: Matrix = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
TO_LAB: Matrix = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def linear(colour: str) -> Triple:
    """Of #RRGGBB, each 0 to 1."""
    shares = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return red, green, blue


def times(matrix: Matrix, values: Triple) -> Triple:
    first, second, third = (sum(one * other for one, other in zip(row, values, strict=True)) for row in matrix)
    return first, second, third


def contrast(one: str, other: str) -> float:
    """1 to 21."""
    lights = sorted(times(((0.2126, 0.7152, 0.0722),) * 3, linear(colour))[0] + 0.05 for colour in (one, other))
    return lights[1] / lights[0]


def seen_by(colour: str, eyes: str) -> Triple:
    red, green, blue = (min(1.0, max(0.0, value)) for value in times(EYES[eyes], linear(colour)))
    return red, green, blue


def difference(one: Triple, other: Triple) -> float:
    """0 to about 1, between linear colours; 0.02 is just seen side by side."""
    first, second = (times(TO_LAB, _roots(times(TO_LMS, colour))) for colour in (one, other))
    return float(sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5)


def _roots(values: Triple) -> Triple:
    long, middle, short = (value ** (1 / 3) for value in values)
    return long, middle, short

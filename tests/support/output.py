"""Where a command speaks to in a test."""


class Told:
    """An Output that keeps what it was told."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.notes: list[str] = []
        self.steps: list[tuple[int, int | None]] = []

    def line(self, text: str) -> None:
        self.lines.append(text)

    def note(self, text: str) -> None:
        self.notes.append(text)

    def progress(self, done: int, total: int | None) -> None:
        self.steps.append((done, total))

"""One thing `baton doctor` looked at, and what it found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`cure` says what to do about it; nothing to do, and all is well. `note` is well, and worth knowing."""

    what: str
    said: str
    cure: str = ""
    note: bool = False

    @property
    def red(self) -> bool:
        """Whether somebody must do something."""
        return bool(self.cure)

    def line(self) -> str:
        """The same on one line; how it is stands in words, since colour alone tells some people nothing."""
        sign = "RED " if self.red else "note" if self.note else "ok  "
        told = " ".join(filter(None, (self.said, self.cure)))
        return f"{sign}  {self.what}: {' '.join(told.split())}"

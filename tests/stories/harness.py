"""How a story is told: what people do, what every place is expected to show, and how time passes.

A story fails on any message nobody expected, wherever it is shown, and on any that is missing.
Morning digests come by themselves in every story: each must have the shape of one, and `mornings` keeps them.
"""

from collections.abc import Mapping
from datetime import datetime
from re import fullmatch, match, sub

from tests.playground.outsider import Json, Outsider

CHANNELS = ("riverside-escalations", "riverside-council", "council-escalations")
"""The channels of the two sides: Riverside's own, the one both share, the council's own."""

OPENS = {
    "riverside": "08:00",
    "council": "09:00",
    "brookside": "08:00",
    "health": "08:30",
    "elmhouse": "09:00",
    "board": "09:00",
}
"""When each agency of the playground opens, Monday to Friday; the last two have no hours of their own."""

_DIGEST = r"(\d+) waiting on you(, \d+ overdue)?"
_REFERENCE = r"C-[0-9A-Z]{4}-[0-9A-Z]{4}[,:] "
_MOST_STOPS = 40

Titles = str | tuple[str, ...]


class Story:
    """One concern in a fresh playground. `ref` is its reference once it is on record, `channels` those of its
    two sides.
    """

    def __init__(self, out: Outsider) -> None:
        self.out = out
        self.ref = ""
        self.channels: tuple[str, ...] = CHANNELS
        self._seen: set[str] = set()
        self._replies: set[str] = set()
        self._woke: set[tuple[str, str]] = set()

    # ------------------------------------------------------------------ what people do

    def begins(self, person: str, line: str, **filled_in: Json) -> None:
        """Somebody puts the concern on record: a line, and the form that comes."""
        self.does(person, line, **filled_in)
        (concern,) = self.out.world()["concerns"]
        self.ref = concern["ref"]

    def plays(self, situation: str) -> None:
        """One click on a situation."""
        self.ref = self.out.post("/api/situation", {"name": situation})["ref"]

    def does(self, person: str, line: str, **filled_in: Json) -> None:
        """Somebody types a line, `REF` standing for the reference, and fills in the form if one comes."""
        self._reply(self.out.do(person, line.replace("REF", self.ref), **filled_in))

    def presses(self, person: str, label: str, place: str = "private", **filled_in: Json) -> None:
        """Somebody presses the newest button of that name in a place, and fills in the form if one comes."""
        messages = self._messages()[place if place != "private" else f"private:{person}"]
        *_, newest = (one for one in messages if label in [button["label"] for button in one["buttons"]])
        answer = self.out.fill(person, self.out.press(person, newest, label), **filled_in)
        assert answer["error"] is None, answer["error"]
        self._reply(answer["reply"]["message"])

    def refuses(self, person: str, line: str) -> str:
        """Somebody types a line that is refused; the sentence they get."""
        answer = self.out.say(person, line.replace("REF", self.ref))
        assert answer["reply"] is None
        return str(answer["error"])

    # ------------------------------------------------------------------ how time passes

    def until(self, when: str) -> None:
        """From one due thing to the next, up to this moment: `Tue 1 Dec, 17:00`. There must be one then."""
        for _ in range(_MOST_STOPS):
            if self.now() == when:
                return
            self.out.forward("next")
        raise AssertionError(f"nothing was due on {when}; it is {self.now()}")

    def later(self, by: str) -> None:
        """So much time passes."""
        assert self.out.forward(by)["error"] is None

    def now(self) -> str:
        """What time it is."""
        return _said(self.out.now())

    # ------------------------------------------------------------------ what everybody sees

    def shows(self, channels: Titles = (), **elsewhere: Titles) -> None:
        """All that was said since the last look, and where: titles without the reference, oldest first.

        `channels` are those of the two sides; `board`, and each person, are named. Replies to whoever
        acts are theirs alone and not listed.
        """
        expected = dict.fromkeys(self.channels, _listed(channels))
        expected |= {place: _listed(titles) for place, titles in elsewhere.items()}
        self._compare(expected)

    def look(self) -> None:
        """Look at everything said so far, and expect nothing of it: another story tells that part."""
        self._since_the_last_look()

    def mornings(self, person: str) -> list[tuple[str, str]]:
        """The digests this person has had by now: when, and the title."""
        messages = self.out.private(person)
        mine = (one for one in messages if _is_digest(one) and one["id"] not in self._replies)
        return [(_said(one["at"]), one["title"]) for one in mine]

    def stands(self, stage: str, tier: int | None = None, due: str | None = None) -> None:
        """Where the concern stands, and its soonest clock."""
        concern = self.out.concern(self.ref)
        now_due = concern["due"] and _said(concern["due"])

        stands = concern["stage"], concern["tier"], now_due
        assert stands == (stage, tier, due), f"{self.now()}: it stands at {stands}"

    def card(self, place: str = "riverside-council") -> Json:
        """The one live card in a channel, its reference left out of the title."""
        (card,) = (one for one in self.out.channel(place) if one["thread_of"] is None)
        return card | {"title": _titled(card)}

    def last(self, place: str) -> str:
        """The lines of the newest message of a place, as one text."""
        return " ".join(self._messages()[place][-1]["lines"])

    def record(self, person: str = "amira") -> str:
        """The whole record as this person may read it, as one text."""
        message = self.out.do(person, f"/concern show {self.ref}")
        self._reply(message)
        return "\n".join(message["lines"])

    def told(self) -> Mapping[str, list[tuple[str, str]]]:
        """Everything said everywhere, with its time; what people were answered left out."""
        return {
            place: [(_said(one["at"]), _titled(one)) for one in messages if one["id"] not in self._replies]
            for place, messages in self._messages().items()
            if not place.startswith("private:amira")
        }

    def ends(self) -> None:
        """Nothing was said that nobody looked at."""
        self._compare({})

    # ------------------------------------------------------------------ how

    def _compare(self, expected: Mapping[str, list[str]]) -> None:
        told = self._since_the_last_look()
        wrong = [
            f"  {place}: expected {expected.get(place, [])}, was told {told.get(place, [])}"
            for place in sorted(expected.keys() | told.keys())
            if expected.get(place, []) != told.get(place, [])
        ]
        assert not wrong, "\n".join([f"On {self.now()}:", *wrong])

    def _messages(self) -> dict[str, Json]:
        return self.out.everything()

    def _since_the_last_look(self) -> dict[str, list[str]]:
        told = {}
        agencies = {one["id"]: one["agency"] for one in self.out.world()["people"]}
        for place, messages in self._messages().items():
            fresh = [one for one in messages if one["id"] not in self._seen | self._replies]
            self._seen.update(one["id"] for one in fresh)
            name = place.removeprefix("private:")
            for digest in filter(_is_digest, fresh):
                self._woken(name, agencies[name], digest)
            if said := [_titled(one) for one in fresh if not _is_digest(one)]:
                told[name] = said
        return told

    def _woken(self, person: str, agency: str, digest: Json) -> None:
        """A digest comes at the opening of a working day, once, and names a next step for every concern."""
        said = _said(digest["at"])
        assert said.endswith(OPENS[agency]), f"{person}: a digest on {said}"
        assert said[:3] not in {"Sat", "Sun"}, f"{person}: a digest on {said}"
        assert (person, said) not in self._woke, f"{person}: two digests on {said}"
        self._woke.add((person, said))
        count = match(_DIGEST, digest["title"])
        assert count is not None
        assert len(digest["lines"]) == int(count[1]), digest
        for line in digest["lines"]:
            assert match("(Urgent: )?" + _REFERENCE, line), line
            assert "Next: " in line, line
        assert {button["command"] for button in digest["buttons"]} == {"show"}

    def _reply(self, message: Json) -> None:
        self._replies.add(message["id"])


def _listed(titles: Titles) -> list[str]:
    return [titles] if isinstance(titles, str) else list(titles)


def _is_digest(message: Json) -> bool:
    return fullmatch(_DIGEST, message["title"]) is not None


def _titled(message: Json) -> str:
    return sub(_REFERENCE, "", message["title"])


def _said(instant: str) -> str:
    at = datetime.fromisoformat(instant)
    return f"{at:%a} {at.day} {at:%b}, {at:%H:%M}"

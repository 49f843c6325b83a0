"""A script that has never seen Baton's code: it knows the playground's JSON from the design, and no more.

It works over any `httpx` client: the application in this process, or a server somewhere.
"""

from collections.abc import Iterator, Mapping
from json import dumps
from typing import Any

import httpx

Json = Any
"""What a script reads: whatever came."""


class Outsider:
    """Says lines, fills forms and presses buttons on people's behalf, and looks at what everybody sees."""

    def __init__(self, http: httpx.Client) -> None:
        self.http = http

    # ------------------------------------------------------------------ looking

    def get(self, path: str) -> Json:
        """What stands at this path."""
        response = self.http.get(path)
        assert response.status_code == 200, f"GET {path}: {response.status_code} {response.text}"
        return response.json()

    def world(self) -> Json:
        """Everybody and everything."""
        return self.get("/api/world")

    def now(self) -> str:
        """What time it is pretended to be."""
        return str(self.world()["now"])

    def channel(self, id: str) -> Json:
        """The messages of a channel."""
        return self.get(f"/api/channels/{id}/messages")

    def private(self, person: str) -> Json:
        """The messages of a person's private chat."""
        return self.get(f"/api/people/{person}/messages")

    def everything(self) -> dict[str, Json]:
        """The messages of every place there is, by its name."""
        world = self.world()
        channels = {one["id"]: self.channel(one["id"]) for one in world["channels"]}
        return channels | {f"private:{one['id']}": self.private(one["id"]) for one in world["people"]}

    def concern(self, ref: str) -> Json:
        """One concern, as the world lists it."""
        (found,) = (one for one in self.world()["concerns"] if one["ref"] == ref)
        return found

    # ------------------------------------------------------------------ doing

    def post(self, path: str, body: Json, status: int = 200) -> Json:
        """The answer to a body, which must come with this status."""
        response = self.http.post(path, content=dumps(body))
        assert response.status_code == status, f"POST {path}: {response.status_code} {response.text}"
        return response.json()

    def say(self, person: str, text: str, place: str = "private") -> Json:
        """A typed line; the whole answer."""
        return self.post("/api/say", {"as": person, "in": place, "text": text})

    def submit(self, person: str, form: Json, answers: Mapping[str, Json]) -> Json:
        """One page of a form; the whole answer."""
        return self.post("/api/submit", {"as": person, "form": form["id"], "answers": answers})

    def press(self, person: str, message: Json, label: str) -> Json:
        """The button with this label; the whole answer."""
        labels = [button["label"] for button in message["buttons"]]
        assert label in labels, f"{message['title']} has no button {label}, only {labels}"
        body = {"as": person, "message": message["id"], "button": labels.index(label)}
        return self.post("/api/press", body)

    def forward(self, by: str) -> Json:
        """Move the clock; the whole answer."""
        return self.post("/api/clock", {"forward": by})

    def fill(self, person: str, answer: Json, **wanted: Json) -> Json:
        """Fill in every page of the form that came, required fields with anything of their kind.

        `wanted` are answers to give instead. The last answer comes back: a message.
        """
        while answer["reply"] and "form" in answer["reply"]:
            answer = self.page(person, answer["reply"]["form"], **wanted)
        return answer

    def page(self, person: str, form: Json, **wanted: Json) -> Json:
        """Fill in one page; the whole answer, which must be no refusal."""
        keys = {field["key"] for field in form["fields"]}
        given = {key: value for key, value in wanted.items() if key in keys}
        answer = self.submit(person, form, dict(_anything(form, self.now())) | given)
        assert answer["error"] is None, f"{form['title']}: {answer['error']}"
        return answer

    def do(self, person: str, line: str, **wanted: Json) -> Json:
        """Type a line, fill in what comes, and return the message that ends it."""
        answer = self.fill(person, self.say(person, line), **wanted)
        assert answer["error"] is None, f"{line}: {answer['error']}"
        return answer["reply"]["message"]

    def opened(self, person: str, line: str, **wanted: Json) -> str:
        """The reference of the concern this line puts on record."""
        before = {one["ref"] for one in self.world()["concerns"]}
        self.do(person, line, **wanted)
        (ref,) = {one["ref"] for one in self.world()["concerns"]} - before
        return str(ref)


def _anything(form: Json, now: str) -> Iterator[tuple[str, Json]]:
    """An answer to each required field: the first choice, some words, now, and no."""
    for field in form["fields"]:
        if not field["required"]:
            continue
        match field["kind"]:
            case "text" | "long":
                yield field["key"], "Some words."
            case "yes_no":
                yield field["key"], "no"
            case "choice" | "person":
                yield field["key"], field["choices"][0]["value"]
            case "choices":
                yield field["key"], [field["choices"][0]["value"]]
            case "date":
                yield field["key"], now[:10]
            case "datetime":
                yield field["key"], now[:16]
            case kind:
                raise AssertionError(f"a field of an unknown kind: {kind}")

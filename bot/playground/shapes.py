"""The playground's JSON, as design 9 fixes it: bodies read, answers written."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from bot.playground.chat import Post
from bot.playground.situations import SITUATIONS
from bot.playground.world import World
from concerns.model import ClockKind, Concern
from concerns.notice import Place, PlaceKind
from concerns.people import Person, PersonId
from handlers.scene import Hint, Reply
from views import parts
from views.cards import card_title

Json = dict[str, JsonValue]


class Body(BaseModel):
    """What somebody posts; unknown keys are let pass."""

    model_config = ConfigDict(strict=True, hide_input_in_errors=True, populate_by_name=True)


class Say(Body):
    """A typed line."""

    person: str = Field(alias="as")
    place: str = Field(alias="in")
    text: str


class Press(Body):
    """A button, by its place under the message."""

    person: str = Field(alias="as")
    message: str
    button: int


class Submit(Body):
    """A form filled in."""

    person: str = Field(alias="as")
    form: str
    answers: dict[str, JsonValue]


class Forward(Body):
    """How far to move the clock."""

    forward: str


class Play(Body):
    """Which situation to play."""

    name: str


def world_shape(world: World) -> Json:
    """Everybody and everything a page needs to begin."""
    directory, rules = world.directory, world.house.laws.today()
    pathway = rules.pathway
    return {
        "now": instant(world.now, world),
        "partnership": directory.partnership,
        "pathway": {
            "name": pathway.name,
            "version": pathway.version,
            "approved_by": pathway.approved_by,
            "tier_word": pathway.tier_word,
        },
        "agencies": [{"id": a.id, "name": a.name, "kind": a.kind.value} for a in directory.agencies],
        "people": [_person(person, world) for person in directory.people],
        "channels": [
            {"id": c.id, "name": c.name or c.id, "platform": c.platform, "agencies": list(c.agencies)}
            for c in directory.channels
        ],
        "concerns": [_concern(concern, world) for concern in world.house.ledger.listing()],
        "situations": [
            {"name": s.name, "title": s.title, "about": s.about, "seats": dict(s.seats)}
            for s in SITUATIONS.values()
        ],
    }


def messages_shape(posts: Sequence[Post], world: World) -> list[JsonValue]:
    """Messages, oldest first."""
    return [message_shape(post, world) for post in posts]


def message_shape(post: Post, world: World) -> Json:
    """One message as it stands."""
    message = post.message
    return {
        "id": post.id,
        "at": instant(post.at, world),
        "title": message.title,
        "lines": list(message.lines),
        "buttons": [{"label": b.label, "command": b.command, "ref": b.ref} for b in message.buttons],
        "edited": post.edited,
        "thread_of": post.thread,
        "mentions": _mentions(post, world),
        "urgent": message.urgent,
        "picture": message.drawing.svg if message.drawing else None,
        "picture_words": message.drawing.words if message.drawing else None,
    }


def reply_shape(reply: Reply, world: World, person: str) -> Json:
    """A private reply: a message, a form, or the sentence why not."""
    answer: Json = {"reply": None, "error": reply.error}
    if reply.message is not None:
        said = world.chat.last_whisper(Place(PlaceKind.PERSON, person))
        answer["reply"] = {"message": message_shape(said, world)}
    elif reply.form is not None:
        answer["reply"] = {"form": form_shape(reply.form)}
    if reply.errors:
        answer["errors"] = dict(reply.errors)
    return answer


def form_shape(form: parts.Form) -> Json:
    """One page of questions."""
    return {
        "id": form.id,
        "title": form.title,
        "lines": list(form.lines),
        "part": form.part,
        "parts": form.parts,
        "urgent": form.urgent,
        "fields": [_field(field) for field in form.fields],
    }


def hints_shape(hints: Sequence[Hint]) -> Json:
    """Completions of a typed line."""
    return {"hints": [{"insert": h.insert, "label": h.label, "about": h.about} for h in hints]}


def instant(at: datetime, world: World) -> str:
    """An instant in local time with its offset."""
    return world.calendar.local(at).isoformat()


def _mentions(post: Post, world: World) -> list[JsonValue]:
    """Names of those mentioned who have an account on the channel's own platform."""
    if post.place.kind is PlaceKind.PERSON:
        return []
    platform = world.channel(post.place.id).platform
    people = (world.directory.person(PersonId(id)) for id in post.message.mentions)
    return [p.name for p in people if p and any(i.platform == platform for i in p.identities)]


def _field(field: parts.Field) -> Json:
    return {
        "key": field.key,
        "ask": field.ask,
        "kind": field.kind.value,
        "choices": [{"value": choice.value, "label": choice.label} for choice in field.choices],
        "required": field.required,
        "hint": field.hint,
        "value": field.value if isinstance(field.value, str) else list(field.value),
    }


def _person(person: Person, world: World) -> Json:
    seats = [seat.role for seat in world.directory.seats_of(person.id)]
    return {
        "id": person.id,
        "name": person.name,
        "agency": person.agency,
        "roles": list(dict.fromkeys((*person.roles, *seats))),
        "platform": person.identities[0].platform if person.identities else "",
    }


def _concern(concern: Concern, world: World) -> Json:
    clocks = [clock.due for clock in concern.clocks if clock.kind is not ClockKind.REMIND]
    return {
        "ref": concern.ref,
        "stage": concern.stage.value,
        "tier": concern.tier,
        "due": instant(min(clocks), world) if clocks else None,
        "urgent": concern.urgent,
        "title": card_title(concern, world.house.laws.rules(concern.pathway)),
    }

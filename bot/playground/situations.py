"""Situations: real stories played through the same door as a person, up to where a person can take over."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.playground.world import World
from concerns.model import ClockKind, Concern, Ref, Stage
from handlers.scene import Reply

_MOST_STOPS = 50
"""A ladder has a handful of due instants before anybody is asked; more means the story went astray."""


class Stuck(Exception):
    """A story that could not be played to its end; the text says why."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A story: its name in the interface, its title, a line about it, whose seats to take then (a person for
    each platform), and how it is played.
    """

    name: str
    title: str
    about: str
    seats: Mapping[str, str]
    play: Callable[["Actor"], Awaitable[Ref]]


@dataclass(frozen=True, slots=True)
class Actor:
    """Plays people's parts in a world: says lines, fills forms, lets time pass. Raises `Stuck`."""

    world: World
    moved: Callable[[], None]

    async def fills(self, person: str, line: str, *pages: Mapping[str, object]) -> Reply:
        """Say a line in private and fill in the form it brings, page by page."""
        reply = await asyncio.to_thread(self.world.say, person, "private", line)
        for answers in pages:
            if reply.form is None:
                break
            reply = await asyncio.to_thread(self.world.submit, person, reply.form.id, answers)
        if reply.message is None:
            raise Stuck(reply.error or f"more was asked than the story knows: {line}")
        await self.world.settle()
        return reply

    async def opens(self, person: str, line: str, *pages: Mapping[str, object]) -> Ref:
        """The same, for a line that puts a new concern on record."""
        before = await asyncio.to_thread(self._refs)
        await self.fills(person, line, *pages)
        (opened,) = await asyncio.to_thread(self._refs) - before
        return opened

    async def waits(self, by: str) -> None:
        """Let time pass."""
        await self.world.forward(by, self.moved)

    async def waits_until(self, ref: Ref, enough: Callable[[Concern], bool]) -> None:
        """Let time pass, from one due thing of this concern to the next, until it is so."""
        for _ in range(_MOST_STOPS):
            concern = await asyncio.to_thread(self.world.house.ledger.load, ref)
            if concern is None or concern.due is None:
                break
            if enough(concern):
                return
            await self.world.forward_to(concern.due, self.moved)
        raise Stuck(f"{ref} did not go the way of the story")

    def _refs(self) -> frozenset[Ref]:
        return frozenset(concern.ref for concern in self.world.house.ledger.listing())


async def _delayed(actor: Actor) -> Ref:
    """A referral nobody answers: contacts logged, the ladder opened, tier 1 silent, tier 2 called."""
    world = actor.world
    ref = await actor.opens(
        "amira",
        "/concern refer",
        {
            "strand": "adult",
            "agency": "council",
            "when": world.calendar.local(world.now).isoformat(timespec="minutes"),
            "how": "portal",
            "summary": "Suspected financial exploitation: large cash withdrawals since a new acquaintance"
            " began to visit.",
            "own_ref": "RHC-2026-118",
        },
    )
    await actor.waits("2 hours")
    await actor.fills("amira", f"/contact {ref} made phone no_answer Rang the duty desk; it rang out.")
    await actor.waits("2 hours")
    await actor.fills(
        "amira", f"/contact {ref} made voicemail message_left Left our number and the reference."
    )
    await actor.waits_until(ref, _is_asked)
    await actor.fills(
        "amira", f"/concern escalate {ref} raiser_or_manager_choice No reply to the referral or to two calls."
    )
    await actor.waits_until(ref, lambda concern: (concern.tier or 0) >= 2)
    return ref


async def _threshold(actor: Actor) -> Ref:
    """Told that thresholds are not met, a provider adds what staff saw and disputes the answer."""
    ref = await actor.opens(
        "dele",
        "/concern raise",
        {"danger": "no"},
        {
            "strand": "adult",
            "agency": "council",
            "ground": ["threshold"],
            "decision": "We were told by telephone that our referral does not meet the threshold.",
            "wanted": "A conversation about what we see every day, and a formal enquiry.",
            "views": "He says he does not want to be left alone with the visitor.",
            "own_ref": "BSL-2026-042",
        },
    )
    await actor.waits("1 hour")
    await actor.fills("tom", f"/concern ack {ref}", {})
    await actor.waits("3 hours")
    await actor.fills(
        "tom",
        f"/concern answer {ref} agreed_decision_stands_with_explanation"
        " From what we have, the three-part test is not met. More information would help.",
        {},
    )
    await actor.fills(
        "dele",
        f"/concern note {ref} Night staff wrote down on three dates that he asked not to be left alone, and"
        " that money was gone the next morning. The sheets are in his record.",
    )
    await actor.fills(
        "dele", f"/concern dispute {ref} What staff observed was not weighed; it is on record now."
    )
    return ref


async def _partnership(actor: Actor) -> Ref:
    """Repeated incidents at a care home: two tiers silent, one seat empty, and the board's tier called."""
    ref = await actor.opens(
        "kofi",
        "/concern raise",
        {"danger": "no"},
        {
            "strand": "adult",
            "agency": "elmhouse",
            "ground": ["plan", "drift"],
            "decision": "Three falls in four weeks, and the plan of care is the same.",
            "why_unsafe": "Each fall was worse than the one before.",
            "wanted": "A review of the falls with us, and a plan both sides sign.",
            "own_ref": "NCH-2026-310",
        },
    )
    await actor.waits("2 hours")
    await actor.fills(
        "kofi", f"/contact {ref} made phone message_left Asked the senior carer to ring me about the falls."
    )
    await actor.waits_until(ref, lambda concern: (concern.tier or 0) >= 4)
    return ref


def _is_asked(concern: Concern) -> bool:
    """Whether the referral's window has lapsed and the raiser is being asked."""
    return concern.stage is not Stage.REFERRED or concern.clock(ClockKind.REFERRAL_ASK) is not None


SITUATIONS: Mapping[str, Situation] = {
    "delayed": Situation(
        "delayed",
        "Nobody answers",
        "A home-care provider reports suspected financial exploitation, and the referral goes unanswered.",
        {"slack": "amira", "telegram": "grace"},
        _delayed,
    ),
    "threshold": Situation(
        "threshold",
        "Below the threshold",
        "A supported-living service is told thresholds are not met, adds what staff saw, and disputes it.",
        {"slack": "dele", "telegram": "grace"},
        _threshold,
    ),
    "partnership": Situation(
        "partnership",
        "Up to the board",
        "Repeated incidents at a care home: two stages stay silent, and the board's convener is called.",
        {"slack": "kofi", "telegram": "miriam"},
        _partnership,
    ),
}

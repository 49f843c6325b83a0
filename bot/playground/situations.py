"""Situations: real stories played through the same door as a person, up to where a person can take over."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.playground.world import World
from concerns.model import ClockKind, Concern, Ref, Stage
from handlers.scene import Reply


@dataclass(frozen=True, slots=True)
class Situation:
    """A story: its name in the interface, its title, a line about it, and how it is played."""

    name: str
    title: str
    about: str
    play: Callable[["Actor"], Awaitable[Ref]]


@dataclass(frozen=True, slots=True)
class Actor:
    """Plays people's parts in a world: says lines, fills forms, presses buttons by their command."""

    world: World
    moved: Callable[[], None]

    def fills(self, person: str, line: str, *pages: Mapping[str, object]) -> Reply:
        """Say a line in private and fill in the form it brings, page by page."""
        reply = self.world.say(person, "private", line)
        for answers in pages:
            if reply.form is None:
                raise RuntimeError(f"{line}: no form came: {reply.error}")
            reply = self.world.submit(person, reply.form.id, answers)
        if reply.error:
            raise RuntimeError(f"{line}: {reply.error}")
        return reply

    async def waits(self, by: str) -> None:
        """Let time pass."""
        await self.world.forward(by, self.moved)

    async def waits_until(self, ref: Ref, enough: Callable[[Concern], bool]) -> None:
        """Let time pass, one due thing after another, until it is so."""
        for _ in range(50):
            if enough(self.concern(ref)):
                return
            await self.waits("next")
        raise RuntimeError(f"{ref}: it never came to that")

    def concern(self, ref: Ref) -> Concern:
        """How the concern stands."""
        found = self.world.house.ledger.load(ref)
        if found is None:
            raise RuntimeError(f"{ref} is gone")
        return found

    def newest(self) -> Ref:
        """The concern opened last."""
        return self.world.house.ledger.listing()[-1].ref


async def _delayed(actor: Actor) -> Ref:
    """A referral nobody answers: contacts logged, the ladder opened, tier 1 silent, tier 2 called."""
    world = actor.world
    now = world.calendar.local(world.now).strftime("%Y-%m-%dT%H:%M")
    actor.fills(
        "amira",
        "/concern refer",
        {
            "strand": "adult",
            "agency": "council",
            "when": now,
            "how": "portal",
            "summary": "Suspected financial exploitation: large cash withdrawals since a new acquaintance began to visit.",
            "own_ref": "RHC-2026-118",
        },
    )
    ref = actor.newest()
    await world.settle()
    await actor.waits("2 hours")
    actor.fills("amira", f"/contact {ref} made phone no_answer Rang the duty desk; it rang out.")
    await actor.waits("2 hours")
    actor.fills("amira", f"/contact {ref} made voicemail message_left Left our number and the reference.")
    await world.settle()
    await actor.waits_until(ref, _is_asked)
    actor.fills("amira", f"/concern escalate {ref} raiser_or_manager_choice No reply to the referral or to two calls.")
    await world.settle()
    await actor.waits_until(ref, lambda concern: (concern.tier or 0) >= 2)
    return ref


def _is_asked(concern: Concern) -> bool:
    """Whether the referral's window has lapsed and the raiser is being asked."""
    return concern.stage is not Stage.REFERRED or concern.clock(ClockKind.REFERRAL_ASK) is not None


SITUATIONS: Mapping[str, Situation] = {
    "delayed": Situation(
        "delayed",
        "Nobody answers",
        "A home-care provider reports suspected financial exploitation, and the referral goes unanswered.",
        _delayed,
    ),
}

"""The pings of what was promised or put right: more time, a decision, actions, a correction, a handover.

Like every ping they hold no name and no words.
"""

from concerns.authority import for_challenged, for_raising, may_object
from concerns.model import ClockKind, Concern, Stage
from concerns.notice import Notice, PlaceKind
from concerns.people import PersonId
from concerns.rules import Rules
from views.calling import answering
from views.cards import buttons, titled
from views.instants import unless_unset, when
from views.labels import CLOCKS, capital
from views.parts import Message
from views.standing import call_clocks, next_step, standing, tier_count


def extension_asked(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """The raising side is asked for more time; until it agrees the window stays as it was."""
    now_due = concern.call.due if concern.call else None
    return Message(
        title=titled(concern, rules, "more time is asked for"),
        lines=(
            _due(notice, rules, "The called side asks for time until {}; its reason is on record."),
            unless_unset(now_due, rules.calendar, "Unless the raising side agrees, the answer stays due {}."),
            "Raising side: agree, or decline.",
        ),
        buttons=buttons(concern, ("Agree", "agree"), ("Decline", "decline"), _SHOW),
    )


def extension_agreed(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """The window has moved, once."""
    return Message(
        title=titled(concern, rules, "more time is agreed"),
        lines=(call_clocks(concern, rules), next_step(concern, rules)),
        buttons=answering(concern, rules),
    )


def extension_declined(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """The window has not moved."""
    return Message(
        title=titled(concern, rules, "the time stays as it was"),
        lines=(
            "The raising side cannot wait longer for this answer.",
            call_clocks(concern, rules),
            next_step(concern, rules),
        ),
        buttons=answering(concern, rules),
    )


def decided(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """The top of the ladder has recorded a decision; any dissent stands beside it."""
    return Message(
        title=f"{concern.ref}, {tier_count(concern.tier or 1, rules)}: a decision is on record",
        lines=(
            "The decision, its reasons and any dissent are on record.",
            _due(notice, rules, "A check whether the person is safer is due {}."),
            "If the worry comes back, the raising side can reopen it.",
        ),
        buttons=buttons(concern, ("Read the decision", "show"), ("Set an action", "action")),
    )


def action_set(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """Somebody is named to do something; what it is stands in the record."""
    return Message(
        title=f"{concern.ref}: action {notice.action} is yours",
        lines=(
            "You are named to do something about this concern. What it is stands in the record.",
            _due(notice, rules, "It is due {}. When it is done, mark it done here."),
        ),
        buttons=buttons(concern, ("Read what it is", "show"), ("Mark it done", "done")),
    )


def action_dropped(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """Its owner need not do it any more, and should not hear so by chance."""
    return Message(
        title=f"{concern.ref}: action {notice.action} is dropped",
        lines=(
            "You were named to do it; you need not any more. The reason is on record.",
            "If you see it otherwise, say so in a note, or agree with the others on another action.",
        ),
        buttons=buttons(concern, ("Read the reason", "show"), ("Add a note", "note")),
    )


def action_due(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """An action is late; it is asked for each working day until it is done."""
    late = [one for one in concern.open_actions if one.times] or [
        one for one in concern.open_actions if one.number == notice.action
    ]
    asked = min((one.ask_due for one in late), default=None)
    numbers = " and ".join(str(one.number) for one in late)
    named = f"action {numbers} is" if len(late) == 1 else f"actions {numbers} are"
    return Message(
        title=f"{concern.ref}: {named} not marked done yet",
        lines=(
            *(f"Action {one.number} was due {when(one.due, rules.calendar)}." for one in late),
            "If it is done, mark it done. If it cannot be, drop it with the reason, and agree what happens"
            " instead.",
            unless_unset(asked, rules.calendar, "Asked again {}."),
        ),
        buttons=buttons(concern, ("Mark it done", "done"), ("Drop it", "action"), _SHOW),
    )


def corrected(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """An entry was put right by a new one; the clocks are as they were."""
    return Message(
        title=f"{concern.ref}: an entry of the record is corrected",
        lines=(
            "The entry itself stays as it was; the correction stands beside it. No clock has moved.",
            "Read it, and if you see it otherwise, add your own.",
        ),
        buttons=buttons(concern, _SHOW, ("Correct an entry", "correct")),
    )


def handed_over(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """Somebody else carries it now."""
    person = PersonId(notice.place.id)
    if notice.place.kind is PlaceKind.PERSON and for_raising(person, concern, rules.directory):
        return Message(
            title=f"{concern.ref}: you carry this concern now",
            lines=(
                "It was handed to you. Stage, clocks and history are as they were.",
                *standing(concern, rules),
            ),
            buttons=buttons(concern, _SHOW, _NEXT.get(concern.stage, ("Log a contact", "contact"))),
        )
    if notice.place.kind is PlaceKind.PERSON and for_challenged(person, concern, rules.directory):
        return Message(
            title=f"{concern.ref}: somebody else carries it on the raising side",
            lines=("Its clocks and what is asked of you are as they were.", *standing(concern, rules)),
            buttons=buttons(concern, _SHOW),
        )
    return Message(
        title=f"{concern.ref}: handed over",
        lines=(
            "Somebody else of your agency carries it now. Nothing is asked of you any more.",
            "You do not see it any more, unless a seat of yours was called.",
        ),
    )


def not_safer(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """The check was made, and it is not over."""
    return Message(
        title=f"{concern.ref}: the check says the person is not safer",
        lines=(
            "So it is not over. The raising side reopens it, and the same people are called again.",
            _due(notice, rules, "If nobody does, it is asked about again {}."),
            rules.pathway.emergency.text,
        ),
        buttons=buttons(concern, ("Reopen", "reopen"), _SHOW),
    )


def retimed(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """The coordinator has moved a window; which, and the reason, is on record."""
    moved = concern.clock(notice.clock) if notice.clock else None
    which = f"{capital(CLOCKS[moved.kind])}: now {when(moved.due, rules.calendar)}." if moved else ""
    return Message(
        title=f"{concern.ref}: the coordinator has moved a window",
        lines=(which, "The reason is on record.", *standing(concern, rules)),
        buttons=buttons(concern, _SHOW),
    )


def objection(notice: Notice, concern: Concern, rules: Rules) -> Message | None:
    """For a raiser in whose place somebody accepted; nothing for anybody else."""
    clock = concern.clock(ClockKind.OBJECTION)
    here = notice.place.kind is PlaceKind.PERSON
    if clock is None or not here or not may_object(PersonId(notice.place.id), concern, rules.directory):
        return None
    return Message(
        title=f"{concern.ref}: accepted for your side",
        lines=(
            "Your side accepts the answer. You raised this, so read it first.",
            f"If it is not enough, object by {when(clock.due, rules.calendar)}, and it moves up.",
            "If you say nothing, it stands, and a check whether the person is safer follows.",
        ),
        buttons=buttons(concern, ("Read the answer", "show"), ("I object", "dispute")),
    )


_SHOW = ("Show", "show")
_NEXT = {Stage.CLOSED: ("Reopen", "reopen")}


def _due(notice: Notice, rules: Rules, sentence: str) -> str:
    return unless_unset(notice.due, rules.calendar, sentence)

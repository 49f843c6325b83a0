"""What is said when something happens, for each kind of notice: short, and never without a next step.

A ping holds no name and no words; the door turns the seats it mentions into mentions.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from concerns.authority import for_challenged, for_raising, may_see, owes_action
from concerns.model import Concern, Why
from concerns.notice import Notice, NoticeKind, PlaceKind
from concerns.people import Channel, ChannelId, PersonId
from concerns.rules import Rules
from views import calling, promises, settling
from views.cards import card
from views.digest import Part, together
from views.labels import REPORTED
from views.parts import Button, Message

K = NoticeKind
Ping = Callable[[Notice, Concern, Rules], Message]

_RAISING_ONLY = frozenset(
    {"accept", "agree", "check", "decline", "dispute", "escalate", "reopen", "responded"}
)
_CALLED_ONLY = frozenset({"decide", "extend", "release"})


def render(
    notice: Notice,
    concern: Concern,
    rules: Rules,
    repeat: bool = False,
    code: str = "",
    parts: Sequence[Part] = (),
) -> Message:
    """The message of a notice, for the concern as it is now.

    `repeat` marks a message that may be standing there already, with the short `code` both copies share.
    `parts` are all that is said together, this notice the first of them; none where it is said alone.
    """
    message = _together(parts) if parts else _alone(notice, concern, rules)
    whole = replace(message, lines=tuple(line for line in message.lines if line))
    return marked(whole, code) if repeat else whole


def marked(message: Message, code: str) -> Message:
    """The same message, said to be a possible repeat; `code` is the same on both copies."""
    said = "the first try may have arrived. Nothing needs doing twice."
    return replace(message, lines=(f"Possible repeat of message {code}: {said}", *message.lines))


def _alone(notice: Notice, concern: Concern, rules: Rules) -> Message:
    if notice.kind is K.CARD:
        message = card(concern, rules, trust_of(notice, rules))
    else:
        message = _PINGS[notice.kind](notice, concern, rules)
        message = replace(
            message,
            mentions=_mentions(notice, rules),
            urgent=notice.urgent,
            broadcast=_tells_of_a_lapse(notice),
        )
    return replace(message, buttons=tuple(_usable(message.buttons, notice, concern, rules)))


def _tells_of_a_lapse(notice: Notice) -> bool:
    """Whether it is said because a window ended: that is for everybody, not for a thread alone."""
    after_silence = notice.kind is K.CALLED and notice.why is Why.NO_ANSWER_IN_TIME
    return after_silence or notice.kind in {K.CALLED_AGAIN, K.ACKNOWLEDGEMENT_LAPSED, K.LAPSED_ASK}


def _together(parts: Sequence[Part]) -> Message:
    mentions = (id for part in parts for id in _mentions(part.notice, part.rules))
    return replace(together(parts), mentions=tuple(dict.fromkeys(mentions)))


def trust_of(notice: Notice, rules: Rules) -> int:
    """How much the place may carry; a private chat and an unlisted channel count as 0."""
    if notice.place.kind is PlaceKind.PERSON:
        return 0
    channel = rules.directory.channel(ChannelId(notice.place.id))
    return channel.carries if channel else 0


def _mentions(notice: Notice, rules: Rules) -> tuple[PersonId, ...]:
    """Whoever sits in the seats mentioned today, each once."""
    return tuple(dict.fromkeys(id for seat in notice.mentions for id in rules.directory.holders(seat)))


def _usable(buttons: Iterable[Button], notice: Notice, concern: Concern, rules: Rules) -> Iterable[Button]:
    """Nothing is offered that this person, or everybody in this channel, would be refused."""
    if notice.place.kind is PlaceKind.CHANNEL:
        return _for_sides(buttons, *_sides_in(rules.directory.channel(ChannelId(notice.place.id)), concern))
    who = PersonId(notice.place.id), concern, rules.directory
    raising, challenged = for_raising(*who), for_challenged(*who)
    if raising or challenged:
        return _for_sides(buttons, raising, challenged)
    own = {"done"} if owes_action(*who) else set()
    return (button for button in buttons if button.command in {"show"} | own and may_see(*who))


def _sides_in(channel: Channel | None, concern: Concern) -> tuple[bool, bool]:
    """Whether the raising side reads this channel, and whether the called side or a board does."""
    agencies = frozenset(channel.agencies if channel else ())
    if not agencies or concern.raising == concern.challenged:
        return True, True
    return concern.raising in agencies, agencies != {concern.raising}


def _for_sides(buttons: Iterable[Button], raising: bool, challenged: bool) -> Iterable[Button]:
    """What these sides may press: the raising side alone reports what the other said elsewhere."""
    if not challenged:
        reported = (replace(button, label=REPORTED.get(button.command, button.label)) for button in buttons)
        return (button for button in reported if button.command not in _CALLED_ONLY)
    return (button for button in buttons if raising or button.command not in _RAISING_ONLY)


_PINGS: dict[NoticeKind, Ping] = {
    K.CALLED: calling.called,
    K.CALLED_AGAIN: calling.called_again,
    K.COORDINATOR_CALLED: calling.coordinator_called,
    K.RAISING_TOLD: calling.raising_told,
    K.RING_THEM: calling.ring_them,
    K.REMINDED: calling.reminded,
    K.ACKNOWLEDGEMENT_LAPSED: calling.acknowledgement_lapsed,
    K.NEXT_TIER_TOLD: calling.next_tier_told,
    K.LAPSED_ASK: calling.lapsed_ask,
    K.ACKNOWLEDGED: settling.acknowledged,
    K.RELEASED: calling.released,
    K.NO_CHANNEL: settling.no_channel,
    K.SKIPPED: settling.skipped,
    K.DEAD_LETTER: settling.dead_letter,
    K.REFERRAL_LAPSED: settling.referral_lapsed,
    K.CONTACTS_UNANSWERED: settling.contacts_unanswered,
    K.ANSWERED: settling.answered,
    K.ACCEPTANCE_DUE: settling.acceptance_due,
    K.ACCEPTED: settling.accepted,
    K.CHECK_DUE: settling.check_due,
    K.CLOSED: settling.closed,
    K.EXTENSION_ASKED: promises.extension_asked,
    K.EXTENSION_AGREED: promises.extension_agreed,
    K.EXTENSION_DECLINED: promises.extension_declined,
    K.DECIDED: promises.decided,
    K.ACTION_SET: promises.action_set,
    K.ACTION_DROPPED: promises.action_dropped,
    K.ACTION_DUE: promises.action_due,
    K.CORRECTED: promises.corrected,
    K.HANDED_OVER: promises.handed_over,
    K.RETIMED: promises.retimed,
    K.NOT_SAFER: promises.not_safer,
}

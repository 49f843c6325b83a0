"""Each event in one plain sentence, for the record. No names and no words: those stand beside it."""

from datetime import datetime
from typing import assert_never

from concerns import events as e
from concerns.rules import Rules
from views.instants import dated, span, when
from views.labels import (
    CLOCKS,
    DIRECTIONS,
    GROUNDS,
    METHODS,
    OUTCOMES,
    REACHED,
    ROUTES,
    SAFER,
    WHY,
    capital,
    seat,
)


def happened(event: e.Event, rules: Rules) -> str:
    """What happened, in a sentence or two."""
    if isinstance(event, e.Opening | e.OpeningEvent):
        return _opening(event, rules)
    if isinstance(event, e.CallingEvent):
        return _calling(event, rules)
    if isinstance(event, e.SettlingEvent):
        return _settling(event, rules)
    return _keeping(event, rules)


def _opening(event: e.Opening | e.OpeningEvent, rules: Rules) -> str:
    match event:
        case e.Referred():
            other = rules.directory.name_of(event.challenged)
            made = f"made {_dated(event.when, rules)} ({METHODS[event.how].lower()})"
            return f"Referral to {other} recorded, {made}. Response due {_on(event.due, rules)}."
        case e.Raised():
            other = rules.directory.name_of(event.challenged)
            grounds = "; ".join(GROUNDS[ground] for ground in event.grounds)
            return f"{'Urgent concern' if event.urgent else 'Concern'} raised with {other}. {grounds}."
        case e.Responded(satisfied=True):
            return "A response came, and it is enough."
        case e.Responded():
            return "A response came, and it is challenged."
        case e.ReferralLapsed():
            return f"No response came by {_on(event.due, rules)}."
        case e.Opened():
            grounds = "; ".join(GROUNDS[ground] for ground in event.grounds)
            return f"Taken up the ladder: {WHY[event.why]}. {grounds}."
        case e.TurnedUrgent():
            return "Somebody is at immediate risk: the urgent windows hold from here on."


def _calling(event: e.CallingEvent, rules: Rules) -> str:
    match event:
        case e.Acknowledged():
            return f"Acknowledged{_elsewhere(event, rules)}."
        case e.Released():
            return "The acknowledgement was handed back; clocks as if it was never given."
        case e.Answered():
            return f"Answered{_elsewhere(event, rules)}. {OUTCOMES[event.outcome]}."
        case e.ExtensionAsked():
            return f"The called side asked for more time, until {_on(event.until, rules)}."
        case e.ExtensionAgreed():
            return f"The raising side agreed to more time. Answer due {_on(event.due, rules)}."
        case e.ExtensionDeclined():
            return "The raising side declined more time; the window stays as it was."
        case _:
            return _of_tier(event, rules)


TierEvent = e.Called | e.CalledAgain | e.Skipped | e.Reminded | e.AcknowledgementLapsed | e.Lapsed


def _of_tier(event: TierEvent, rules: Rules) -> str:
    directory, tier = rules.directory, f"{capital(rules.pathway.tier_word)} {event.tier}"
    match event:
        case e.Called():
            named = f"{tier} ({rules.pathway.tier(event.tier).name})"
            asked = f"{seat(event.challenged, directory)}; {WHY[event.why]}"
            return f"{named} called: {asked}. Answer due {_on(event.due, rules)}.{_late(event.late)}"
        case e.CalledAgain():
            return f"{tier} called again. Next call {_on(event.due, rules)}.{_late(event.late)}"
        case e.Skipped():
            return f"{tier} passed over: nobody to call as {seat(event.empty, directory)}."
        case e.Reminded():
            return f"{tier} reminded."
        case e.AcknowledgementLapsed():
            return f"{tier}: not acknowledged by {_on(event.due, rules)}. Its deputies were asked to step in."
        case e.Lapsed(ask_due=None):
            return f"{tier}: no answer by {_on(event.due, rules)}."
        case e.Lapsed():
            asked = f"the raising side is asked until {_on(event.ask_due, rules)}" if event.ask_due else ""
            return f"{tier}: no answer by {_on(event.due, rules)}; {asked}."
        case _:
            assert_never(event)


def _settling(event: e.SettlingEvent, rules: Rules) -> str:
    match event:
        case e.AcceptanceLapsed():
            return "The answer still waits to be accepted or disputed; the raising side is asked again."
        case e.Accepted():
            how = " with a reservation" if event.reservation else ""
            check = f"Check due {_on(event.follow_up_due, rules)}."
            until = (
                f" The raiser may object until {_on(event.objection_due, rules)}."
                if event.objection_due
                else ""
            )
            return f"Answer accepted{how}. {check}{until}"
        case e.ObjectionLapsed():
            return "The raiser did not object to the acceptance in time."
        case e.Disputed():
            return f"The answer of {rules.pathway.tier_word} {event.tier} is not enough for the raising side."
        case e.Decided():
            return f"{OUTCOMES[event.outcome]}. Check due {_on(event.follow_up_due, rules)}."
        case e.FollowUpLapsed():
            return f"The check was due {_on(event.due, rules)}; asked for again."
        case e.Checked():
            again = f" Looked at again {_on(event.next_due, rules)}." if event.next_due else ""
            return f"Checked. Is the person safer? {SAFER[event.safer]}.{again}"
        case e.Reopened():
            return "Reopened."
        case e.ActionSet():
            return f"Action {event.number} set. Due {_on(event.due, rules)}."
        case e.ActionDone():
            return f"Action {event.number} is done."
        case e.ActionDropped():
            return f"Action {event.number} is dropped."
        case e.ActionLapsed():
            return f"Action {event.number} was due {_on(event.due, rules)}; asked for again."
        case _:
            assert_never(event)


def _keeping(event: e.KeepingEvent, rules: Rules) -> str:
    match event:
        case e.ContactLogged():
            return _contact(event, rules)
        case e.NoteAdded():
            return f"Note, of {_dated(event.evidence_at, rules)}." if event.evidence_at else "Note."
        case e.Corrected():
            return f"Entry {event.of} is corrected; it stays as it was."
        case e.HandedOver():
            return "Handed over to somebody else of the raising agency."
        case e.Retimed():
            moved = f"from {_on(event.was, rules)} to {_on(event.due, rules)}"
            return f"The coordinator moved a window, {moved} ({CLOCKS[event.clock]})."
        case e.Withdrawn():
            return "Withdrawn by the raising side."
        case e.Redirected():
            return f"Taken to another door. {ROUTES[event.route]}."
        case e.MarkedDuplicate():
            return f"The same matter as {event.of}, which goes on."
        case _:
            assert_never(event)


def _contact(event: e.ContactLogged, rules: Rules) -> str:
    how = (DIRECTIONS[event.direction], METHODS[event.method].lower(), REACHED[event.reached].lower())
    marks = (
        (event.was_referral, "This was a referral."),
        (event.confirmed, "They confirmed it as one."),
        (event.written_follow_up, "Followed up in writing."),
    )
    then = (f"Next step by {event.next_date.day} {event.next_date:%b %Y}.",) if event.next_date else ()
    said = f"{', '.join(how)}, {_dated(event.when, rules)}."
    return " ".join(("Contact.", said, *(mark for so, mark in marks if so), *then))


def _elsewhere(event: e.Acknowledged | e.Answered, rules: Rules) -> str:
    """That it was said outside Baton, and when."""
    given = f", given {_dated(event.when, rules)}" if event.when else ""
    return f", reported by the raising side{given}" if event.reported else given


def _late(seconds: int) -> str:
    return f" This call was {span(seconds)} late." if seconds else ""


def _on(instant: datetime, rules: Rules) -> str:
    """A moment near the entry itself, whose year is known."""
    return when(instant, rules.calendar)


def _dated(instant: datetime, rules: Rules) -> str:
    """A moment somebody gave, which may be long ago."""
    return dated(instant, rules.calendar)

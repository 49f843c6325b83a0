"""Each event in one plain sentence, for the record. No names and no words: those stand beside it."""

from typing import assert_never

from concerns import events as e
from concerns.rules import Rules
from views.instants import dated, span
from views.labels import DIRECTIONS, GROUNDS, METHODS, OUTCOMES, REACHED, SAFER, WHY, seat


def happened(event: e.Event, rules: Rules) -> str:
    """What happened, in a sentence."""
    calendar, directory = rules.calendar, rules.directory
    match event:
        case e.Referred():
            made = f"made {dated(event.when, calendar)} by {METHODS[event.how].lower()}"
            return f"referral to {directory.name_of(event.challenged)} recorded, {made}; response due {dated(event.due, calendar)}."
        case e.Raised():
            grounds = "; ".join(GROUNDS[ground] for ground in event.grounds)
            return f"{'urgent ' if event.urgent else ''}concern raised with {directory.name_of(event.challenged)}. {grounds}."
        case e.Responded():
            return f"a response came; it is {'enough' if event.satisfied else 'challenged'}."
        case e.ReferralLapsed():
            return f"no response by {dated(event.due, calendar)}."
        case e.Opened():
            return f"the ladder is opened: {WHY[event.why]}."
        case e.TurnedUrgent():
            return "somebody is at immediate risk; the urgent windows hold from here on."
        case e.Skipped():
            return f"{rules.pathway.tier_word} {event.tier} passed over: nobody holds {seat(event.empty, directory)}."
        case e.Called():
            return _called(event, rules)
        case e.Reminded():
            return f"{rules.pathway.tier_word} {event.tier} reminded."
        case e.AcknowledgementLapsed():
            return f"not acknowledged by {dated(event.due, calendar)}; deputies pinged, next {rules.pathway.tier_word} told."
        case e.Lapsed():
            asked = (
                f" The raising side is asked until {dated(event.ask_due, calendar)}." if event.ask_due else ""
            )
            return (
                f"{rules.pathway.tier_word} {event.tier}: no answer by {dated(event.due, calendar)}.{asked}"
            )
        case e.CalledAgain():
            return f"the top is called again; next {dated(event.due, calendar)}.{_late(event.late)}"
        case e.Acknowledged():
            return f"acknowledged{_reported(event.reported)}{_told(event, rules)}."
        case e.Released():
            return "the acknowledgement is handed back; clocks as if it was never given."
        case e.Answered():
            return f"answered{_reported(event.reported)}{_told(event, rules)}. {OUTCOMES[event.outcome]}."
        case e.AcceptanceLapsed():
            return "nobody has said yet whether the answer is enough; asked again."
        case e.Accepted():
            reserved = " with a reservation" if event.reservation else ""
            return f"answer accepted{reserved}; check due {dated(event.follow_up_due, calendar)}."
        case e.Disputed():
            return f"the answer of {rules.pathway.tier_word} {event.tier} is disputed."
        case e.FollowUpLapsed():
            return f"the check was due {dated(event.due, calendar)}; asked for again."
        case e.Checked():
            return f"checked. Safer: {SAFER[event.safer].lower()}."
        case e.Reopened():
            return "reopened."
        case e.ContactLogged():
            return _contact(event, rules)
        case e.NoteAdded():
            seen = f" (of {dated(event.evidence_at, calendar)})" if event.evidence_at else ""
            return f"note{seen}."
        case e.Withdrawn():
            return "withdrawn by the raising side."
        case _:
            assert_never(event)


def _called(event: e.Called, rules: Rules) -> str:
    tier = rules.pathway.tier(event.tier)
    asked = seat(event.challenged, rules.directory)
    return (
        f"{rules.pathway.tier_word} {event.tier} ({tier.name}) called: {asked}; {WHY[event.why]}."
        f" Answer due {dated(event.due, rules.calendar)}.{_late(event.late)}"
    )


def _late(seconds: int) -> str:
    return f" This call was {span(seconds)} late." if seconds else ""


def _reported(reported: bool) -> str:
    return ", reported by the raising side" if reported else ""


def _told(event: e.Acknowledged | e.Answered, rules: Rules) -> str:
    return f", given {dated(event.when, rules.calendar)}" if event.when else ""


def _contact(event: e.ContactLogged, rules: Rules) -> str:
    marks = [
        label
        for said, label in (
            (event.was_referral, "this was a referral"),
            (event.confirmed, "confirmed as one"),
            (event.written_follow_up, "followed up in writing"),
        )
        if said
    ]
    extra = f" ({', '.join(marks)})" if marks else ""
    then = f" Next step by {event.next_date:%d %b %Y}." if event.next_date else ""
    how = f"{DIRECTIONS[event.direction].lower()}, {METHODS[event.method].lower()}, {REACHED[event.reached].lower()}"
    return f"contact {dated(event.when, rules.calendar)}: {how}{extra}.{then}"

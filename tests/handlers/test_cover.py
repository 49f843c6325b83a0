"""/concern cover: who may set it for whom, what is asked, and what whoever sets it is told."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import Connection

from concerns.directory import Directory
from concerns.notice import Notice, NoticeKind
from concerns.people import DIRECTORY_OWNER, Cover, PersonId
from concerns.summons import Told
from handlers.answers import Answers, Given
from handlers.cover import VERB as COVER
from handlers.menu import by_name
from handlers.refusals import GONE
from handlers.scene import Policy
from storage.covers import Covers
from storage.errors import NotSaved
from storage.outbox import Outbox
from tests.handlers.offices import Office, error_of, form_of, keys, message_of, values
from tests.ladders import MONDAY, london
from tests.partnership import (
    AMIRA,
    BEN,
    CARL,
    COUNCIL,
    DIRECTORY,
    GRACE,
    HELEN,
    JOEL,
    LENA,
    MIRIAM,
    OWEN,
    PRIYA,
    RUTH,
    SAM,
    TOM,
    VICTOR,
    seating,
)
from tests.storage.chance import Chance
from views.parts import Form

FRIDAY: Given = {"until": "2026-12-04"}
BEGIN, END = london("Mon 30 Nov 2026 00:00"), london("Sat 5 Dec 2026 00:00")


def owned(*owners: PersonId, directory: Directory = DIRECTORY) -> Directory:
    """The same directory, kept up to date by these people."""
    people = tuple(replace(p, roles=(DIRECTORY_OWNER,)) if p.id in owners else p for p in directory.people)
    return replace(directory, people=people)


def asked(office: Office, person: PersonId) -> Form:
    """The form the command brings."""
    return form_of(office.say(person, "/concern cover"))


def set_by(office: Office, person: PersonId, *pages: Given) -> tuple[str, ...]:
    """Cover is set; the lines of the confirmation."""
    message = office.fill(person, "/concern cover", *pages)
    assert message.title == "Cover is set"
    return message.lines


def offered(form: Form, key: str) -> list[str]:
    """What may be chosen there."""
    (field,) = (field for field in form.fields if field.key == key)
    return [choice.value for choice in field.choices]


def owed(office: Office) -> list[Notice]:
    """What would be sent next, one for each place."""
    outbox = Outbox(office.store, Chance("outbox"))
    return [delivery.notice for delivery in outbox.claim(office.now, 100)]


# ---- what is asked -----------------------------------------------------------------------------------


def test_from_today_until_a_day_that_must_be_given_and_who_stands_in(office: Office) -> None:
    form = asked(office, JOEL)

    assert keys(form) == ["from", "until", "stand_in"]
    assert values(form) == {"from": "2026-11-30", "stand_in": "nobody"}
    assert [field.key for field in form.fields if field.required] == ["until"]


@pytest.mark.parametrize("line", ["/concern cover", "/cover", "/cover until Friday, Priya"])
def test_however_it_is_typed_the_form_comes_and_nothing_is_set_yet(office: Office, line: str) -> None:
    form_of(office.say(JOEL, line))

    assert office.covers.ahead(office.now) == ()


def test_colleagues_stand_in_and_nobody_oneself(office: Office) -> None:
    assert offered(asked(office, JOEL), "stand_in") == ["nobody", "amira", "ben", "priya", "ruth", "helen"]


def test_after_the_own_agency_come_the_people_of_agencies_whose_seats_one_shares(office: Office) -> None:
    lent = seating(COUNCIL, "lead", CARL, DIRECTORY.people[2].id)
    office.with_directory(replace(DIRECTORY, seatings=(*DIRECTORY.seatings, lent)))
    assert lent.deputies == (JOEL,)

    listed = offered(asked(office, JOEL), "stand_in")
    assert listed[1:6] == ["amira", "ben", "priya", "ruth", "helen"]
    assert listed[6:] == [p.id for p in DIRECTORY.people if p.agency == COUNCIL]


def test_the_days_are_local_days_from_their_beginning_to_their_end(office: Office) -> None:
    set_by(office, JOEL, {"from": "2026-12-02", "until": "2026-12-04", "stand_in": "priya"})

    (cover,) = office.covers.ahead(office.now)
    assert cover == Cover(JOEL, london("Wed 2 Dec 2026 00:00"), END, PRIYA)


def test_a_local_day_in_summer_begins_an_hour_before_it_does_in_greenwich(office: Office) -> None:
    set_by(office, JOEL, {"from": "2027-06-01", "until": "2027-06-01"})

    (cover,) = office.covers.ahead(office.now)
    assert cover.start.isoformat() == "2027-05-31T23:00:00+00:00"
    assert cover.end.isoformat() == "2027-06-01T23:00:00+00:00"


def test_what_is_left_empty_is_from_today_and_nobody(office: Office) -> None:
    set_by(office, JOEL, {"from": "", "until": "2026-12-04", "stand_in": ""})

    assert office.covers.running(office.now) == (Cover(JOEL, BEGIN, END),)


def test_it_may_be_said_afterwards_that_it_began_earlier(office: Office) -> None:
    lines = set_by(office, JOEL, {"from": "2026-11-25", "until": "2026-12-04", "stand_in": "helen"})

    assert "from Wed 25 Nov until" in lines[0]
    assert "From Mon 30 Nov Baton asks them" in lines[2]


# ---- what is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({}, "until", "Please answer: Until which day?"),
        ({"until": "2026-11-29"}, "until", "over already"),
        ({"from": "2026-12-05", "until": "2026-12-04"}, "until", "before the first. Give 2026-12-05"),
        ({"until": "2027-12-02"}, "until", "more than 366 days"),
        ({"until": "Friday"}, "until", "is not a date"),
        ({"until": "2026-12-04", "from": "2026-02-30"}, "from", "is not a date"),
        ({"until": "2026-12-04", "stand_in": "joel"}, "stand_in", "choose from the list"),
        ({"until": "2026-12-04", "stand_in": "grace"}, "stand_in", "choose from the list"),
    ],
)
def test_what_will_not_do_is_said_beside_its_field_and_nothing_typed_is_lost(
    office: Office, given: Given, field: str, sentence: str
) -> None:
    form = asked(office, JOEL)
    reply = office.submit(JOEL, form, given)

    assert [key for key, _ in reply.errors] == [field]
    assert sentence in reply.errors[0][1]
    assert sentence in str(reply.error)
    draft = office.drafts.read(form.id, JOEL)
    assert draft is not None
    assert {key: draft.answers[key] for key in given} == given
    assert office.covers.ahead(office.now) == ()

    message_of(office.submit(JOEL, form, {"from": "", "stand_in": "", **FRIDAY}))


@pytest.mark.parametrize("until", ["2026-11-30", "2027-12-01"], ids=["today", "366 days from today"])
def test_the_last_day_may_be_today_or_as_far_as_a_year_ahead(office: Office, until: str) -> None:
    set_by(office, JOEL, {"until": until})


def test_a_form_takes_effect_at_most_once(office: Office) -> None:
    form = asked(office, JOEL)
    message_of(office.submit(JOEL, form, FRIDAY))

    assert error_of(office.submit(JOEL, form, {"until": "2026-12-10"})) == GONE
    assert office.covers.running(office.now) == (Cover(JOEL, BEGIN, END),)


class Overtaken(Covers):
    """Covers that let something else happen first, once."""

    meanwhile: Callable[[], object] | None = None

    def put(
        self,
        cover: Cover,
        by: PersonId,
        now: datetime,
        once: Callable[[Connection], bool] | None = None,
        tell: Iterable[Told] = (),
    ) -> bool:
        """The other thing, and then this."""
        first, self.meanwhile = self.meanwhile, None
        if first:
            first()
        return super().put(cover, by, now, once, tell)


def test_of_a_form_sent_twice_at_the_same_moment_one_has_an_effect(office: Office) -> None:
    form = asked(office, JOEL)
    covers = Overtaken(office.store)
    office.with_record(covers=covers)
    covers.meanwhile = lambda: message_of(office.submit(JOEL, form, FRIDAY))

    assert error_of(office.submit(JOEL, form, {"until": "2026-12-10"})) == GONE
    assert office.covers.running(office.now) == (Cover(JOEL, BEGIN, END),)


def test_when_it_cannot_be_saved_the_form_stays_and_may_be_sent_again(office: Office) -> None:
    form = asked(office, JOEL)
    office.fails = NotSaved("The disk is full.")
    assert "Not saved: the disk is full" in error_of(office.submit(JOEL, form, FRIDAY))

    office.fails = None
    message_of(office.submit(JOEL, form, FRIDAY))


def test_a_stranger_sets_no_cover(office: Office) -> None:
    assert message_of(office.say(PersonId("stranger"), "/concern cover")).title == "You are not enrolled yet"


# ---- for whom ----------------------------------------------------------------------------------------


def test_everybody_but_a_directory_owner_covers_only_themselves(office: Office) -> None:
    form = asked(office, PRIYA)
    office.submit(PRIYA, form, {"person": "grace", **FRIDAY})

    assert [cover.person for cover in office.covers.running(office.now)] == [PRIYA]


def test_nobody_learns_from_a_form_of_their_own_when_somebody_else_is_away(office: Office) -> None:
    set_by(office, GRACE, FRIDAY)
    form = asked(office, PRIYA)
    named = Answers({"person": ("grace",)}, office.rules.calendar)
    (page,) = COVER.pages(office.desk.record.scene(PRIYA), named)

    assert page.fields == form.fields
    assert page.lines == form.lines == ()


def test_a_directory_owner_is_asked_for_whom_the_days_come_next(office: Office) -> None:
    office.with_directory(owned(RUTH))
    first = asked(office, RUTH)
    assert keys(first) == ["person"]
    assert (first.part, first.parts) == (1, 2)
    assert offered(first, "person") == ["ruth", "amira", "ben", "joel", "priya", "helen"]

    second = form_of(office.submit(RUTH, first, {"person": "joel"}))
    assert keys(second) == ["from", "until", "stand_in"]
    assert "joel" not in offered(second, "stand_in")
    message_of(office.submit(RUTH, second, {"until": "2026-12-04", "stand_in": "priya"}))
    assert office.covers.running(office.now) == (Cover(JOEL, BEGIN, END, PRIYA),)


def test_a_directory_owner_may_cover_themselves_too(office: Office) -> None:
    office.with_directory(owned(JOEL))
    lines = set_by(office, JOEL, {"person": "joel"}, FRIDAY)

    assert lines[0].startswith("You are away")


def test_an_owner_covers_the_people_of_their_own_agency_and_no_others(office: Office) -> None:
    office.with_directory(owned(JOEL))
    form = asked(office, JOEL)

    assert [key for key, _ in office.submit(JOEL, form, {"person": "grace"}).errors] == ["person"]
    second = form_of(office.submit(JOEL, form, {"person": "ben"}))
    reply = office.submit(JOEL, second, {"person": "grace", **FRIDAY})
    assert [key for key, _ in reply.errors] == ["person"]
    assert office.covers.ahead(office.now) == ()


def test_an_owner_in_the_board_covers_everybody(office: Office) -> None:
    office.with_directory(owned(MIRIAM))

    assert set(offered(asked(office, MIRIAM), "person")) == {person.id for person in DIRECTORY.people}


def test_an_owner_does_not_come_to_read_concerns_by_standing_in_for_somebody(office: Office) -> None:
    office.with_directory(owned(JOEL))
    days = form_of(office.submit(JOEL, asked(office, JOEL), {"person": "ruth"}))

    assert "joel" not in offered(days, "stand_in")
    reply = office.submit(JOEL, days, {"stand_in": "joel", **FRIDAY})
    assert [key for key, _ in reply.errors] == ["stand_in"]


def test_an_owner_is_told_of_what_waits_by_reference_only(office: Office) -> None:
    office.with_directory(owned(VICTOR))
    ref = office.raised()
    message = office.fill(VICTOR, "/cover", {"person": "tom"}, {**FRIDAY, "stand_in": "carl"})

    assert f"Waiting on Tom Ashby now: {ref}." in message.lines
    assert message.buttons == ()
    assert "Tell Tom Ashby too that it is set." in message.lines[2]
    assert error_of(office.say(VICTOR, f"/show {ref}"))


# ---- what is said ------------------------------------------------------------------------------------


def test_it_says_who_is_asked_instead_from_when_and_whom_to_tell(office: Office) -> None:
    lines = set_by(office, GRACE, {"from": "2026-12-02", "until": "2026-12-04", "stand_in": "carl"})

    assert lines == (
        "You are away from Wed 2 Dec until the end of Fri 4 Dec; Carl Dunn stands in.",
        "Carl Dunn may then read, acknowledge and answer in the same place. You still may, too.",
        "From Wed 2 Dec Baton asks them, and tells them what waits. Please tell Carl Dunn yourself, too.",
        "Manager, Northshire Council: Carl Dunn is asked from Wed 2 Dec.",
        "Nothing waits on you now.",
    )


def test_with_nobody_standing_in_it_names_the_deputy(office: Office) -> None:
    lines = set_by(office, GRACE, FRIDAY)

    assert lines[0].endswith("; nobody stands in, so the deputies are asked.")
    assert "Manager, Northshire Council: Owen Price is asked from Mon 30 Nov." in lines
    assert not any("Please tell" in line for line in lines)


def test_a_deputy_who_goes_away_changes_nothing_about_who_comes_first(office: Office) -> None:
    assert not any(
        line.startswith("Manager") for line in set_by(office, OWEN, {**FRIDAY, "stand_in": "carl"})
    )


def test_what_waits_now_is_listed_as_mine_lists_it(office: Office) -> None:
    office.raised()
    listed = message_of(office.say(TOM, "/concern mine"))

    message = office.fill(TOM, "/cover", {**FRIDAY, "stand_in": "carl"})
    assert message.lines[-1] == listed.lines[0]
    assert message.lines[-1].startswith("Waiting on you: ")
    assert message.buttons == listed.buttons


EMPTY = "From {} nobody is left for manager, Northshire Council: ask your directory owner for a deputy."


def test_a_seat_that_empties_at_once_is_named_with_what_to_do(office: Office) -> None:
    set_by(office, OWEN, FRIDAY)

    assert EMPTY.format("Mon 30 Nov") in set_by(office, GRACE, FRIDAY)


def test_a_seat_that_empties_later_when_the_last_deputy_goes_is_named_from_then(office: Office) -> None:
    set_by(office, OWEN, {"from": "2026-12-03", "until": "2026-12-09"})

    assert EMPTY.format("Thu 3 Dec") in set_by(office, GRACE, FRIDAY)


def test_a_deputy_away_at_another_time_leaves_no_gap(office: Office) -> None:
    set_by(office, OWEN, {"from": "2026-12-07", "until": "2026-12-09"})

    assert not any("nobody is left" in line for line in set_by(office, GRACE, FRIDAY))


def test_a_stand_in_who_is_away_too_is_named_with_when(office: Office) -> None:
    set_by(office, CARL, {"from": "2026-12-03", "until": "2026-12-09"})

    lines = set_by(office, GRACE, {**FRIDAY, "stand_in": "carl"})
    assert (
        "Carl Dunn is away too, from Thu 3 Dec until the end of Wed 9 Dec: meanwhile the deputies are asked."
        in lines
    )


def test_a_stand_in_who_is_away_at_another_time_is_just_asked(office: Office) -> None:
    set_by(office, CARL, {"from": "2026-12-05", "until": "2026-12-09"})

    assert not any("away too" in line for line in set_by(office, GRACE, {**FRIDAY, "stand_in": "carl"}))


def test_a_coordinator_who_names_nobody_hears_that_nobody_is_left(office: Office) -> None:
    lines = set_by(office, SAM, FRIDAY)

    assert (
        "From Mon 30 Nov nobody is left for the coordinator:"
        " ask your directory owner for somebody who stands in." in lines
    )


def test_a_coordinator_who_names_somebody_hears_that_they_are_asked(office: Office) -> None:
    lines = set_by(office, SAM, {**FRIDAY, "stand_in": "miriam"})

    assert "The coordinator: Miriam Cole is asked from Mon 30 Nov." in lines


def test_a_raiser_with_nobody_standing_in_hears_what_is_looked_after_by_nobody(office: Office) -> None:
    ref = office.raised()
    lines = set_by(office, AMIRA, FRIDAY)

    assert f"Raised by you, and looked after by nobody meanwhile: {ref}." in " ".join(lines)
    assert f"/concern handover {ref}" in " ".join(lines)
    assert not any("Raised by" in line for line in set_by_again(office, AMIRA, BEN))


def set_by_again(office: Office, person: PersonId, stand_in: PersonId) -> tuple[str, ...]:
    """A cover is set in place of the one before."""
    return set_by(office, person, {"ends": "no", "stand_in": stand_in, **FRIDAY})


# ---- where one is set already ------------------------------------------------------------------------


def test_where_cover_is_set_it_is_shown_and_asked_first_whether_it_ends(office: Office) -> None:
    set_by(office, JOEL, {**FRIDAY, "stand_in": "priya"})
    form = asked(office, JOEL)

    assert form.lines[0] == "Set now: away from Mon 30 Nov until the end of Fri 4 Dec; Priya Nair stands in."
    assert keys(form) == ["ends", "from", "until", "stand_in"]
    assert [field.key for field in form.fields if field.required] == ["ends"]


def test_ended_the_person_is_asked_again_from_now_on(office: Office) -> None:
    set_by(office, JOEL, {**FRIDAY, "stand_in": "priya"})
    office.until("Tue 1 Dec 2026 09:00")
    message = office.fill(JOEL, "/cover", {"ends": "yes"})

    assert message.title == "Cover is ended"
    assert message.lines == ("From now on you are asked again.", "Nothing waits on you now.")
    assert office.covers.running(office.now) == ()
    assert keys(asked(office, JOEL)) == ["from", "until", "stand_in"]


def test_one_that_has_not_begun_can_be_ended_too(office: Office) -> None:
    set_by(office, JOEL, {"from": "2026-12-07", "until": "2026-12-11"})
    office.fill(JOEL, "/cover", {"ends": "yes"})

    assert office.covers.ahead(office.now) == ()


def test_a_new_one_takes_its_place(office: Office) -> None:
    set_by(office, JOEL, {**FRIDAY, "stand_in": "priya"})
    set_by_again(office, JOEL, HELEN)

    assert office.covers.running(office.now) == (Cover(JOEL, BEGIN, END, HELEN),)


def test_not_ended_the_last_day_of_the_new_one_must_be_given(office: Office) -> None:
    set_by(office, JOEL, FRIDAY)
    reply = office.submit(JOEL, asked(office, JOEL), {"ends": "no"})

    assert [key for key, _ in reply.errors] == ["until"]


def test_ended_and_set_anew_at_once_is_not_guessed_at(office: Office) -> None:
    set_by(office, JOEL, FRIDAY)
    reply = office.submit(JOEL, asked(office, JOEL), {"ends": "yes", "until": "2026-12-10"})

    assert [key for key, _ in reply.errors] == ["ends"]
    assert office.covers.running(office.now) == (Cover(JOEL, BEGIN, END),)


def test_an_owner_ends_it_for_somebody_else(office: Office) -> None:
    office.with_directory(owned(RUTH))
    set_by(office, JOEL, FRIDAY)
    message = office.fill(RUTH, "/cover", {"person": "joel"}, {"ends": "yes"})

    assert message.lines[0] == "From now on Joel Marsh is asked again."


def test_a_cover_that_is_over_is_not_spoken_of_any_more(office: Office) -> None:
    set_by(office, JOEL, FRIDAY)
    office.until(END)

    assert keys(asked(office, JOEL)) == ["from", "until", "stand_in"]
    assert office.covers.running(END) == ()


# ---- what it leads to at the desk --------------------------------------------------------------------


def test_cover_is_no_event_of_a_concern(office: Office) -> None:
    office.raised()
    before = office.untouched()
    set_by(office, TOM, {**FRIDAY, "stand_in": "carl"})

    assert office.untouched() == before
    assert office.now == MONDAY


def test_whoever_stands_in_finds_it_under_mine_and_may_take_it(office: Office) -> None:
    ref = office.raised()
    assert error_of(office.say(CARL, f"/ack {ref}"))
    set_by(office, TOM, {**FRIDAY, "stand_in": "carl"})

    assert message_of(office.say(CARL, "/concern mine")).title == "1 waiting on you"
    message_of(office.say(CARL, f"/ack {ref}"))
    assert office.concern(ref).acknowledged_by == CARL


def test_the_pathway_names_who_covers_for_whom_and_who_is_away(office: Office) -> None:
    set_by(office, GRACE, {**FRIDAY, "stand_in": "carl"})
    set_by(office, AMIRA, FRIDAY)
    lines = message_of(office.say(LENA, "/concern pathway")).lines

    assert "Northshire Council, manager: Carl Dunn, covering for Grace Obi (deputy: Owen Price)" in lines
    assert "Riverside Home Care, practitioner: Amira Khan, away until the end of Fri 4 Dec" in lines


def test_the_command_is_for_everybody_enrolled_and_about_no_concern() -> None:
    assert by_name("cover") is COVER
    assert COVER.policy is Policy.ENROLLED
    assert not COVER.on_concern
    assert COVER.command is None


def test_whoever_stands_in_from_now_is_told_at_once_what_waits(office: Office) -> None:
    ref = office.raised()
    set_by(office, TOM, {**FRIDAY, "stand_in": "carl"})

    (told,) = [one for one in owed(office) if one.kind is NoticeKind.DIGEST]
    assert (told.place.id, told.ref) == (CARL, ref)


def test_with_nothing_waiting_or_a_cover_that_begins_later_nobody_is_told(office: Office) -> None:
    set_by(office, JOEL, {**FRIDAY, "stand_in": "ruth"})
    office.raised()
    set_by(office, TOM, {"from": "2026-12-02", **FRIDAY, "stand_in": "carl"})

    assert not [one for one in owed(office) if one.kind is NoticeKind.DIGEST]

"""One transaction: what happens, where it stands, what will be said, and that it was asked; all or none."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Connection, insert, text
from sqlalchemy.exc import DBAPIError

from concerns import commands as c
from concerns import events as e
from concerns.model import NO_WORDS, Reached, Ref, Stage, Words
from concerns.people import PersonId
from concerns.rules import Refused
from storage.engine import Store, open_store
from storage.errors import NoSuchConcern, RefTaken, VaultLocked
from storage.ledger import Changed, Ledger, Repeated
from storage.outbox import Outbox, State
from storage.tables import facts
from storage.vault import Vault
from tests.ladders import MONDAY, RULES
from tests.partnership import AMIRA, STRANGER, TOM
from tests.storage.chance import Chance
from tests.storage.rows import Broken, dying_at_every_step, everything
from tests.worlds import CHALLENGE, REF, World, a_concern, a_contact, a_referral, an_answer

OTHER = Ref("C-0000-0000")


def change(ledger: Ledger, command: c.Command, ref: Ref | None = REF, request: str = "") -> Changed:
    """Something that is neither refused nor said before, on Monday at ten."""
    changed = ledger.change(ref, command, MONDAY, request)
    assert isinstance(changed, Changed)
    return changed


def a_note(text: str = "She sounded frightened.", by: PersonId = AMIRA) -> c.AddNote:
    """Words added to the record."""
    return c.AddNote(by=by, words=Words({"text": text}))


# ---- what a change leaves --------------------------------------------------------------------------


def test_a_change_is_what_the_rules_say_and_is_read_back_as_it_was(ledger: Ledger, outbox: Outbox) -> None:
    world = World().hear(a_concern())
    changed = change(ledger, a_concern(), ref=None)

    assert changed == Changed(world.concern, world.events, world.said)
    assert ledger.load(REF) == world.concern
    assert ledger.history(REF) == world.events
    assert outbox.counts()[State.PENDING] == len(world.said)
    assert ledger.next_due() == world.concern.due


def test_words_are_in_the_history_and_in_nothing_else_that_is_handed_out(ledger: Ledger) -> None:
    change(ledger, a_concern(), ref=None)
    change(ledger, a_note())
    raised, called, noted = ledger.history(REF)

    assert raised.words == CHALLENGE
    assert called.words == NO_WORDS
    assert noted.words.text("text") == "She sounded frightened."
    assert "frightened" not in repr(noted)


def test_a_whole_life_reads_back_as_it_was_lived(ledger: Ledger) -> None:
    commands = (a_contact(MONDAY), c.Acknowledge(by=TOM), an_answer(), c.Accept(by=AMIRA))
    world = World().hear(a_concern(), *commands)
    change(ledger, a_concern(), ref=None)
    for command in commands:
        change(ledger, command)

    assert ledger.history(REF) == world.events
    assert ledger.load(REF) == world.concern
    assert ledger.check() == []


def test_a_refusal_changes_nothing_and_may_be_asked_again(ledger: Ledger, store: Store) -> None:
    change(ledger, a_concern(), ref=None)
    before = everything(store)

    for _ in range(2):
        assert isinstance(ledger.change(REF, c.Acknowledge(by=STRANGER), MONDAY, "r1"), Refused)
    assert everything(store) == before


def test_a_lapse_with_nothing_due_changes_nothing(ledger: Ledger, store: Store) -> None:
    concern = change(ledger, a_concern(), ref=None).concern
    before = everything(store)

    assert ledger.change(REF, c.Lapse(), MONDAY) == Changed(concern, (), ())
    assert everything(store) == before


def test_a_lapse_may_be_spoken_to_one_concern(ledger: Ledger) -> None:
    due = change(ledger, a_concern(), ref=None).concern.due
    assert due is not None
    lapsed = ledger.change(REF, c.Lapse(), due)

    assert isinstance(lapsed, Changed)
    assert [type(event) for event in lapsed.events] == [e.AcknowledgementLapsed]
    assert ledger.check() == []


def test_a_window_that_ended_unseen_goes_on_record_before_what_is_said_after_it(ledger: Ledger) -> None:
    due = change(ledger, a_concern(), ref=None).concern.due
    assert due is not None
    acknowledged = ledger.change(REF, c.Acknowledge(by=TOM), due)

    assert isinstance(acknowledged, Changed)
    assert [type(event) for event in acknowledged.events] == [e.Acknowledged]
    assert [type(event) for event in ledger.history(REF)][2:] == [e.AcknowledgementLapsed, e.Acknowledged]
    assert ledger.check() == []


def test_something_else_can_be_done_in_the_same_transaction(ledger: Ledger, store: Store) -> None:
    def also(db: Connection) -> None:
        db.execute(insert(facts).values(key="also", value=""))

    ledger.change(None, a_concern(), MONDAY, also=also)
    with store.read() as db:
        assert db.scalar(text("SELECT count(*) FROM facts WHERE key = 'also'")) == 1


# ---- references and requests -----------------------------------------------------------------------


def test_a_taken_reference_asks_for_another_and_harms_nobody(ledger: Ledger, store: Store) -> None:
    change(ledger, a_concern(), ref=None)
    before = everything(store)

    for opening in (a_concern(), a_referral()):
        with pytest.raises(RefTaken):
            ledger.change(None, opening, MONDAY, "r2")
    assert everything(store) == before


def test_a_reference_nobody_has_is_not_a_concern(ledger: Ledger) -> None:
    assert ledger.load(OTHER) is None
    assert ledger.history(OTHER) == ()
    with pytest.raises(NoSuchConcern):
        ledger.change(OTHER, a_note(), MONDAY)
    with pytest.raises(NoSuchConcern):
        ledger.change(None, a_note(), MONDAY)
    with pytest.raises(NoSuchConcern):
        ledger.forget(OTHER)


def test_a_request_sent_twice_has_one_effect(ledger: Ledger, store: Store) -> None:
    change(ledger, a_concern(), ref=None, request="slack-1")
    change(ledger, a_contact(MONDAY), request="slack-2")
    before = everything(store)

    assert ledger.change(None, a_concern(), MONDAY, "slack-1") == Repeated(REF)
    assert ledger.change(None, replace(a_concern(), ref=OTHER), MONDAY, "slack-1") == Repeated(REF)
    assert ledger.change(REF, a_contact(MONDAY), MONDAY, "slack-2") == Repeated(REF)
    assert everything(store) == before


def test_the_same_thing_said_in_two_requests_happens_twice(ledger: Ledger) -> None:
    change(ledger, a_concern(), ref=None)
    change(ledger, a_contact(MONDAY), request="slack-1")
    change(ledger, a_contact(MONDAY), request="slack-2")

    assert [type(event) for event in ledger.history(REF)][2:] == [e.ContactLogged, e.ContactLogged]


# ---- all or nothing --------------------------------------------------------------------------------


@pytest.mark.parametrize("opens", [True, False], ids=["opening", "later"])
def test_a_process_that_dies_at_any_statement_leaves_nothing_behind(
    ledger: Ledger, store: Store, opens: bool
) -> None:
    if not opens:
        change(ledger, a_concern(), ref=None)
    command, ref = (a_concern(), None) if opens else (an_answer(), REF)
    changed, steps = dying_at_every_step(store, lambda: ledger.change(ref, command, MONDAY, "r1"))

    assert isinstance(changed, Changed)
    assert steps >= 5, "too few statements for index, events, notices, request and commit"
    assert ledger.check() == []


def test_what_also_fails_takes_the_change_with_it(ledger: Ledger, store: Store) -> None:
    def also(db: Connection) -> None:
        raise Broken

    before = everything(store)
    with pytest.raises(Broken):
        ledger.change(None, a_concern(), MONDAY, "r1", also)
    assert everything(store) == before


def test_without_the_key_words_are_not_saved_and_the_rest_goes_on(
    ledger: Ledger, store: Store, tmp_path: Path
) -> None:
    change(ledger, a_concern(), ref=None)
    before = everything(store)
    locked = Ledger(
        store, Vault(tmp_path / "lost.key", Chance("vault")), lambda digest: RULES, lambda s: "d" * 64
    )

    for ref, command in ((REF, a_note()), (None, replace(a_concern(), ref=OTHER))):
        with pytest.raises(VaultLocked, match=r"lost\.key is missing"):
            locked.change(ref, command, MONDAY, "r1")
    assert everything(store) == before

    change(locked, c.Acknowledge(by=TOM))
    due = locked.next_due()
    assert due is not None
    assert locked.lapse(due, 10).count == 1
    assert [event.words for event in locked.history(REF)][:2] == [Words(locked=True), NO_WORDS]
    assert locked.check() == []


# ---- append only -----------------------------------------------------------------------------------


@pytest.mark.parametrize("change_of_mind", ["UPDATE events SET kind = 'withdrawn'", "DELETE FROM events"])
def test_the_database_itself_refuses_to_change_an_event(
    ledger: Ledger, store: Store, change_of_mind: str
) -> None:
    change(ledger, a_concern(), ref=None)
    before = everything(store)

    with pytest.raises(DBAPIError, match="events are append-only"), store.write() as db:
        db.execute(text(change_of_mind))
    assert everything(store) == before


def test_postgresql_refuses_to_empty_the_events_too(postgresql_url: str) -> None:
    store = open_store(postgresql_url)

    with pytest.raises(DBAPIError, match="events are append-only"), store.write() as db:
        db.execute(text("TRUNCATE events CASCADE"))
    store.close()


# ---- many at once ----------------------------------------------------------------------------------


def test_many_writers_on_one_concern_settle_in_one_record(ledger: Ledger) -> None:
    change(ledger, a_concern(), ref=None)
    start = Barrier(6)

    def write(writer: int) -> None:
        start.wait()
        for turn in range(5):
            change(ledger, a_contact(MONDAY, reached=Reached.NO_ANSWER), request=f"{writer}/{turn}")
            change(ledger, a_note(f"{writer}/{turn}"))

    with ThreadPoolExecutor(6) as writers:
        list(writers.map(write, range(6)))
    history = ledger.history(REF)

    assert len(history) == 2 + 6 * 5 * 2
    said = [event.words.text("text") for event in history if isinstance(event, e.NoteAdded)]
    assert sorted(said) == [f"{writer}/{turn}" for writer in range(6) for turn in range(5)]
    assert ledger.check() == []


def test_one_request_sent_by_many_at_once_has_one_effect(ledger: Ledger) -> None:
    start = Barrier(4)

    def ask(asker: int) -> Changed | Repeated | Refused:
        start.wait()
        return ledger.change(None, replace(a_concern(), ref=Ref(f"C-0000-000{asker}")), MONDAY, "slack-1")

    with ThreadPoolExecutor(4) as askers:
        answers = list(askers.map(ask, range(4)))

    assert sorted(type(answer).__name__ for answer in answers) == [
        "Changed",
        "Repeated",
        "Repeated",
        "Repeated",
    ]
    (concern,) = ledger.listing()
    assert {answer.ref for answer in answers if isinstance(answer, Repeated)} == {concern.ref}


def test_one_reference_drawn_by_many_at_once_opens_one_concern(ledger: Ledger) -> None:
    start = Barrier(4)

    def open_one(asker: int) -> str:
        start.wait()
        try:
            ledger.change(None, a_concern(), MONDAY, f"slack-{asker}")
        except RefTaken:
            return "taken"
        return "opened"

    with ThreadPoolExecutor(4) as askers:
        assert sorted(askers.map(open_one, range(4))) == ["opened", "taken", "taken", "taken"]
    assert ledger.check() == []


def test_two_who_answer_one_call_at_once_are_not_both_heard(ledger: Ledger) -> None:
    """The second looks at what the first has left, and is told so."""
    change(ledger, a_concern(), ref=None)
    start = Barrier(2)

    def answer(_: int) -> str:
        start.wait()
        return type(ledger.change(REF, an_answer(), MONDAY)).__name__

    with ThreadPoolExecutor(2) as askers:
        assert sorted(askers.map(answer, range(2))) == ["Changed", "Refused"]


# ---- lists and forgetting --------------------------------------------------------------------------


def test_concerns_are_listed_in_the_order_they_were_opened(ledger: Ledger) -> None:
    refs = [Ref("C-0000-0003"), Ref("C-0000-0001"), Ref("C-0000-0002")]
    for minutes, ref in enumerate(refs):
        ledger.change(None, replace(a_concern(), ref=ref), MONDAY.replace(minute=minutes))
    closed = ledger.change(
        refs[1], c.Withdraw(by=AMIRA, words=Words({"reason": "Settled by telephone."})), MONDAY
    )

    assert isinstance(closed, Changed)
    assert closed.concern.stage is Stage.CLOSED
    assert [concern.ref for concern in ledger.listing()] == refs
    assert [concern.ref for concern in ledger.listing(open_only=True)] == [refs[0], refs[2]]


def test_a_closed_concern_has_no_clock_and_every_other_has_one(ledger: Ledger) -> None:
    change(ledger, a_concern(), ref=None)
    assert ledger.next_due() is not None
    change(ledger, c.Withdraw(by=AMIRA, words=Words({"reason": "Settled by telephone."})))

    assert ledger.next_due() is None


def test_forgetting_destroys_the_words_and_nothing_else(ledger: Ledger) -> None:
    change(ledger, a_concern(), ref=None)
    before = ledger.history(REF)
    ledger.forget(REF)
    after = ledger.history(REF)

    assert after[0].words == Words(locked=True)
    assert [replace(event, words=NO_WORDS) for event in after] == [replace(e, words=NO_WORDS) for e in before]
    assert ledger.check() == []
    due = ledger.next_due()
    assert due is not None
    assert ledger.lapse(due, 10).count == 1


def test_words_said_after_forgetting_do_not_open_those_before(ledger: Ledger) -> None:
    change(ledger, a_concern(), ref=None)
    ledger.forget(REF)
    change(ledger, a_note())
    first, _, last = ledger.history(REF)

    assert first.words == Words(locked=True)
    assert last.words.text("text") == "She sounded frightened."

"""However somebody presses and types, forth and back, no answer is lost and every question stays legible."""

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.telegram.dialog import MORE, Go, Move, View, astray, begun, moved, open_field, pressed, typed
from bot.telegram.questions import Question, press, question
from bot.telegram.voice import keyboard
from tests.telegram.forms import FORM, NOW, filled, wrong
from views.parts import Form

TEXTS = st.one_of(
    st.text(min_size=1, max_size=30),
    st.sampled_from(
        ["Red", "green", "person 1", "2026-12-01", "9:30", "2026-12-01T10:00", "yes", "x" * 4_050]
    ),
)


class Talking(RuleBasedStateMachine):
    """A talk as the door holds it: an answer is kept, and then the next question is asked."""

    @initialize()
    def begins(self) -> None:
        """A form as the desk brings it."""
        self.form: Form = FORM
        self.given: dict[str, tuple[str, ...]] = {}
        self.dialog = begun(FORM, "101", "r0")
        self.shown = self.look(View())
        self.sent = False

    def look(self, view: View, note: str = "") -> Question:
        """What stands in the chat."""
        return question(self.form, self.dialog, view, NOW, note)

    @rule(data=st.data())
    def presses(self, data: st.DataObject) -> None:
        """Any button there is."""
        keys = [key for row in self.shown.keys for key in row]
        chosen = press(data.draw(st.sampled_from(keys)).data)
        assert chosen is not None
        assert (chosen.form, chosen.step) == (FORM.id, self.dialog.step)
        self.goes(pressed(self.form, self.dialog, chosen.what, NOW))

    @rule(text=TEXTS)
    def types(self, text: str) -> None:
        """Anything at all."""
        self.goes(typed(self.form, self.dialog, text, NOW))

    @rule(data=st.text(max_size=20))
    def doctors(self, data: str) -> None:
        """A button no question had."""
        self.goes(pressed(self.form, self.dialog, data, NOW))

    def goes(self, move: Move) -> None:
        """As the door goes on."""
        before = dict(self.given)
        here = open_field(self.form, self.dialog)
        if move.given:
            assert here is not None
            assert move.given[0] == here.key, "an answer of another question"
            self.given[move.given[0]] = move.given[1]
        assert {key: value for key, value in before.items() if not here or key != here.key}.items() <= (
            self.given.items()
        ), "an answer was lost"
        if move.go is Go.STOP:
            self.begins()
            return
        self.sent = self.sent or move.go is Go.SEND
        self.form = filled(FORM, self.given)
        self.dialog = moved(self.form, self.dialog, move, f"r{self.dialog.step}")
        if move.given and move.go is not Go.STAY and wrong(self.form, move.given[0]):
            self.dialog = astray(self.dialog, move.given[0])
        self.shown = self.look(move.view, move.note)

    @invariant()
    def nothing_is_sent_that_misses_an_answer(self) -> None:
        """The summary comes only when every question that must be answered is."""
        if not self.dialog.question:
            assert all(field.value for field in self.form.fields if field.required)

    @invariant()
    def what_is_open_is_a_question_of_the_form(self) -> None:
        """Or the summary."""
        key = self.dialog.question.removesuffix(MORE)
        assert not key or key in {field.key for field in FORM.fields}

    @invariant()
    def telegram_takes_every_button(self) -> None:
        """64 bytes, 8 in a row, 100 in all, and a mark on each."""
        board = keyboard(self.shown.keys).inline_keyboard
        buttons = [button for row in board for button in row]
        assert 0 < len(buttons) <= 100
        assert all(len(row) <= 8 for row in board)
        assert all(button.text.strip() for button in buttons)
        assert all(len(str(button.callback_data).encode()) <= 64 for button in buttons)
        assert len({button.callback_data for button in buttons} - self._nothing()) + len(
            [one for one in buttons if one.callback_data in self._nothing()]
        ) == len(buttons), "two buttons that ask for one thing"

    def _nothing(self) -> set[object]:
        return {f"q:{FORM.id}:{self.dialog.step}:none"}

    @invariant()
    def there_is_always_a_way_out(self) -> None:
        """To cancel, or back to where one can."""
        labels = {key.label for row in self.shown.keys for key in row}
        assert labels & {"Cancel", "Back"}

    @invariant()
    def the_data_of_a_button_holds_no_answer(self) -> None:
        """What people type stands in the draft, and in the chat."""
        story = self.given.get("story", ())
        data = " ".join(key.data for row in self.shown.keys for key in row)
        assert not any(len(text) > 3 and text in data for text in story)


TestTalking = Talking.TestCase


def test_a_form_of_a_single_page_longer_than_a_message_still_has_its_buttons() -> None:
    """The summary is split, and its buttons stand under the last part."""
    long = filled(FORM, {"story": ("x" * 16_000,)})
    dialog = replace(begun(FORM, "101", "r"), question="", checking=True)

    assert "Send" in {key.label for row in question(long, dialog, View(), NOW).keys for key in row}

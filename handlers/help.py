"""/concern help: which commands matter now for this person, then all of them with one line each."""

from collections.abc import Callable, Sequence

from handlers.answers import Answers
from handlers.scene import Policy, Scene, Verb
from handlers.steps import concerns_them, seen_by, steps
from views.parts import Button, Field, Message
from views.record import shows, summary
from views.teaching import helping

AT_MOST = 5
"""How many open concerns help speaks of; `mine` lists them all."""
STEPS = 3
"""How many next steps it names for each."""


def verb(menu: Callable[[], Sequence[Verb]]) -> Verb:
    """The command; it teaches the menu it stands in."""

    def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> Message:
        seen = seen_by(scene.person, scene.record, open_only=True)[:AT_MOST]
        now = [(concern, rules, steps(menu(), concern, scene.person, rules)) for concern, rules in seen]
        return helping(
            [(f"{c.ref}, {summary(c, rules)}", _typed(next_, scene)) for c, rules, next_ in now],
            [f"{command(verb, scene.slash)}: {verb.about}." for verb in menu() if _theirs(verb, scene)],
            now[0][2] if len(now) == 1 else shows([concern for concern, _ in seen]),
        )

    return Verb(
        name="help",
        label="Help",
        usage="",
        about="What you can do here, now",
        title="Help",
        policy=Policy.ENROLLED,
        on_concern=False,
        act=act,
    )


def _theirs(verb: Verb, scene: Scene) -> bool:
    return concerns_them(verb, scene.person, scene.directory)


def command(verb: Verb, slash: str) -> str:
    """How a command is typed: `/concern ack REF`. Words straight after `/concern` raise one."""
    match verb.name:
        case "raise":
            name = "concern"
        case "contact":
            name = "contact"
        case _:
            name = f"concern {verb.name}"
    return f"{slash}{name} {verb.usage}".rstrip()


def _typed(buttons: Sequence[Button], scene: Scene) -> list[str]:
    return [f"{scene.slash}concern {button.command} {button.ref}" for button in buttons[:STEPS]]

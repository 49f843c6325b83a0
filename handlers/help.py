"""/concern help: which commands matter now for this person, then all of them with one line each."""

from collections.abc import Callable, Sequence

from concerns.authority import may_see
from handlers.answers import Answers
from handlers.scene import Policy, Scene, Verb
from handlers.steps import steps, waits_on
from views.cards import place_on_ladder
from views.parts import Field, Message
from views.teaching import helping

AT_MOST = 5
"""How many open concerns help speaks of; `mine` lists them all."""


def verb(menu: Callable[[], Sequence[Verb]]) -> Verb:
    """The command; it teaches the menu it stands in."""

    def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> Message:
        person, directory = scene.person, scene.directory
        seen = [c for c in scene.record.listing(open_only=True) if may_see(person, c, directory)]
        seen.sort(key=lambda concern: not waits_on(person, concern, directory))
        now = [
            (c, place_on_ladder(c, scene.record.rules(c.pathway)), steps(menu(), c, person, directory)[:3])
            for c in seen[:AT_MOST]
        ]
        return helping(now, [(_typed(verb), verb.usage, verb.about) for verb in menu()])

    return Verb(
        name="help",
        label="Help",
        usage="",
        about="What you can do here, now",
        title="Help",
        policy=Policy.ANYONE,
        on_concern=False,
        act=act,
    )


def _typed(verb: Verb) -> str:
    return "/contact" if verb.name == "contact" else f"/concern {verb.name}"

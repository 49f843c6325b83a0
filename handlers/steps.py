"""Which commands matter now, for this person and this concern; help, hints, `show` and `mine` ask here."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import assert_never

from concerns.authority import for_challenged, for_raising, may_keep, may_read, may_see
from concerns.decide import ALLOWED, not_now
from concerns.deciders import looks_after
from concerns.directory import Directory
from concerns.model import Concern, Stage
from concerns.people import COORDINATOR, PersonId
from concerns.rules import Rules
from concerns.waiting import waits_on
from handlers.answers import Answers
from handlers.scene import Policy, Record, Scene, Side, Verb
from views.cards import buttons
from views.parts import Button
from views.record import BUTTONS
from views.standing import next_clock

Listed = tuple[Concern, Rules]


def steps(verbs: Sequence[Verb], concern: Concern, person: PersonId, rules: Rules) -> tuple[Button, ...]:
    """What this stage allows and this person may do, as buttons in the menu's order; reports come last."""
    reports = not for_challenged(person, concern, rules.directory)
    offered = _offered(tuple(verbs), concern.stage)
    policies = {verb.policy for verb in offered}
    usable = {policy for policy in policies if may_use(policy, concern, person, rules.directory)}
    fitting = [verb for verb in offered if verb.policy in usable and _leads(verb, concern, person, rules)]
    named = [(another_name(verb, concern, rules, reports=reports) or verb.label, verb) for verb in fitting]
    own = ((label, verb.name) for label, verb in named if not (reports and verb.reported))
    told = ((label, verb.name) for label, verb in reversed(named) if reports and verb.reported)
    return buttons(concern, *own, *told)[:BUTTONS]


@lru_cache
def _offered(verbs: tuple[Verb, ...], stage: Stage) -> tuple[Verb, ...]:
    """Those that are buttons at this stage, whoever asks."""
    return tuple(verb for verb in verbs if stage in verb.pressed and _allowed(verb, stage))


def _allowed(verb: Verb, stage: Stage) -> bool:
    """Whether a stage leaves room for a command about a concern; what changes nothing it always does."""
    return verb.on_concern and (verb.command is None or verb.command in ALLOWED[stage])


def another_name(verb: Verb, concern: Concern, rules: Rules, *, reports: bool) -> str:
    """What the command is called where it says something else than its own name; else nothing."""
    if reports and verb.reported:
        return verb.reported
    if concern.stage is Stage.REFERRED:
        return verb.opening.format(rules.pathway.tier_word)
    return verb.objecting if concern.stage is Stage.AGREED else ""


def fits(verb: Verb, concern: Concern, person: PersonId, rules: Rules) -> bool:
    """Whether a command about a concern leads anywhere now and is this person's to give."""
    # What the stage rules out at once comes first: that is most of them.
    if not _allowed(verb, concern.stage) or not may_use(verb.policy, concern, person, rules.directory):
        return False
    return _leads(verb, concern, person, rules)


def _leads(verb: Verb, concern: Concern, person: PersonId, rules: Rules) -> bool:
    """Whether it is their move, and goes anywhere; what changes nothing always does."""
    if verb.command is None:
        return True
    leads = verb.leads(concern, rules, person)
    return leads and whose_move(verb.side, concern, person, rules.directory)


def may_use(policy: Policy, concern: Concern, person: PersonId, directory: Directory) -> bool:
    """Whether a command of this policy is for this person at all, about this concern."""
    if policy is Policy.HAS_PART:
        return may_read(person, concern, directory)
    return may_see(person, concern, directory)


def concerns_them(verb: Verb, person: PersonId | None, directory: Directory) -> bool:
    """Whether a command is anything for this person at all; None is a stranger, who may be in danger too."""
    match verb.policy:
        case Policy.ANYONE:
            return verb.name != "join" or person is None
        case Policy.LOOKS_AFTER:
            return person is not None and looks_after(person, directory)
        case _:
            return person is not None or verb.name == "raise"


def whose_move(side: Side, concern: Concern, person: PersonId, directory: Directory) -> bool:
    """Whether this person speaks for that side now."""
    match side:
        case Side.RAISING:
            return for_raising(person, concern, directory)
        case Side.CHALLENGED:
            return for_challenged(person, concern, directory) or person == concern.acknowledged_by
        case Side.BOTH:
            return for_challenged(person, concern, directory) or for_raising(person, concern, directory)
        case Side.ANY:
            return may_read(person, concern, directory)
        case Side.OWNER:
            named = any(directory.stands_in(person, action.owner) for action in concern.actions)
            return named or may_read(person, concern, directory)
        case Side.KEEPER:
            return may_keep(person, concern, directory)
        case Side.COORDINATOR:
            return directory.has_role(person, COORDINATOR)
        case _:
            assert_never(side)


def seen_fitting(verb: Verb, person: PersonId, record: Record) -> list[Listed]:
    """The concerns this command of theirs could be about."""
    open_only = verb.command is not None and verb.command not in ALLOWED[Stage.CLOSED]
    seen = seen_by(person, record, open_only=open_only)
    return [(concern, rules) for concern, rules in seen if fits(verb, concern, person, rules)]


def nothing_left(verb: Verb, scene: Scene) -> bool:
    """Whether what a button was for is not there any more: too late, or it leads nowhere and asks nothing."""
    if verb.command and not_now(scene.about.stage, verb.command):
        return True
    leads = verb.leads(scene.about, scene.rules, scene.person)
    return not leads and not verb.pages(scene, Answers({}, scene.rules.calendar))


def seen_by(person: PersonId, record: Record, *, open_only: bool = False) -> list[Listed]:
    """The concerns this person may see: those that wait on them first, then the soonest due."""
    seen = [
        (concern, rules)
        for concern, rules in _with_rules(record.listing(open_only=open_only), record)
        if may_see(person, concern, rules.directory)
    ]
    seen.sort(key=lambda one: (not waits_on(person, one[0], one[1].directory), _due(one[0])))
    return seen


def _with_rules(concerns: Iterable[Concern], record: Record) -> Iterable[Listed]:
    """Each with its rules, every pathway version looked up once."""
    known: dict[str, Rules] = {}
    for concern in concerns:
        if concern.pathway not in known:
            known[concern.pathway] = record.rules(concern.pathway)
        yield concern, known[concern.pathway]


def _due(concern: Concern) -> float:
    clock = next_clock(concern)
    return clock.due.timestamp() if clock else float("inf")

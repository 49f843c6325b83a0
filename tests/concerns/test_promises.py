"""The promises of the design, held over random ladders, partnerships, lives and jumps in time."""

from datetime import datetime, timedelta

from hypothesis import given

from concerns import events as e
from concerns.calendar import Calendar
from concerns.directory import Directory
from concerns.pathway import Pathway
from tests.chances import calendars, directories, instants, jumps, pathways
from tests.ladders import ruled
from tests.lives import Lives
from tests.worlds import World, a_concern

TestLives = Lives.TestCase


@given(pathway=pathways(), directory=directories(), calendar=calendars, now=instants)
def test_when_nobody_ever_answers_the_tiers_are_called_in_order_and_the_top_again_and_again(
    pathway: Pathway, directory: Directory, calendar: Calendar, now: datetime
) -> None:
    world = World(rules=ruled(pathway, directory, calendar), now=now).hear(a_concern())
    while len(world.all(e.CalledAgain)) < 3:
        assert world.concern.due is not None
        world.until(world.concern.due)

    called = world.all(e.Called)
    assert world.tiers() == sorted(set(world.tiers()))
    assert {event.late for event in called} == {event.late for event in world.all(e.CalledAgain)} == {0}
    assert all(event.started == event.at for event in called)
    assert called[-1].tier == pathway.top or called[-1].challenged is None
    assert {event.tier for event in world.all(e.CalledAgain)} == {called[-1].tier}


@given(pathway=pathways(), directory=directories(), now=instants, seconds=jumps)
def test_however_long_it_slept_a_wake_calls_at_most_the_next_tier(
    pathway: Pathway, directory: Directory, now: datetime, seconds: int
) -> None:
    world = World(rules=ruled(pathway, directory), now=now).hear(a_concern())
    calls = len(world.all(e.Called))
    world.asleep_until(world.now + timedelta(seconds=seconds))

    assert len(world.all(e.Called)) + len(world.all(e.CalledAgain)) <= calls + 1
    assert world.concern.due is not None
    assert world.concern.due > world.now

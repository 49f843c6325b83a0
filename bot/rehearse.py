"""A rehearsal as other people's scripts read it: the JSON of design 9, and nothing else."""

from concerns.calendar import Calendar
from concerns.rehearsal import Step


def as_json(step: Step, calendar: Calendar) -> dict[str, str | int | None]:
    """The step as design 9 has it: local times of the nation, each with its offset."""
    acknowledge_due = step.acknowledge_due
    return {
        "at": calendar.local(step.at).isoformat(),
        "what": step.what.value,
        "tier": step.call.tier,
        "due": calendar.local(step.call.due).isoformat(),
        "acknowledge_due": calendar.local(acknowledge_due).isoformat() if acknowledge_due else None,
    }

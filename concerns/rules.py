"""What the rules are handed to decide with, and how they say no."""

from dataclasses import dataclass

from concerns.calendar import Calendar
from concerns.directory import Directory
from concerns.pathway import Pathway


@dataclass(frozen=True, slots=True)
class Rules:
    """One concern's pathway version (named by its digest), that pathway's calendar, and today's directory."""

    pathway: Pathway
    calendar: Calendar
    directory: Directory
    digest: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A command that changes nothing, with the sentence that says why and what to do instead.

    `about` is the answer that will not do, by the key of its question; empty where it is not just one.
    """

    sentence: str
    about: str = ""

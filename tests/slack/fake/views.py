"""Modals and App Homes of one workspace: what stands open before whom, and the one-shot tokens that open it.

A trigger opens one view, within three seconds; a view that breaks a limit is refused.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from tests.slack.fake.files import Files
from tests.slack.fake.workspace import Json, Refused, Workspace
from tests.slack.limits import faults_of_view

QUICKLY = timedelta(seconds=3)
STACK = 3


@dataclass
class View:
    """One view as it stands; `hash` changes with every change of it."""

    id: str
    user: str
    root: str
    shown: Json
    revision: int = 1

    @property
    def hash(self) -> str:
        """What an update may name, so as not to overwrite a newer one."""
        return f"{self.revision}.{self.id}"


class Views:
    """Every view of a workspace, and who looks at which."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.files = Files(workspace)
        self._triggers: dict[str, tuple[str, datetime]] = {}
        self._used: set[str] = set()
        self._numbers = count(1)
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    def trigger(self, user: str) -> str:
        """A fresh trigger, as every interaction of a person brings along."""
        id = f"{next(self._numbers)}.{self._workspace.team}.{user}"
        self._triggers[id] = (user, self._workspace.now)
        return id

    def before(self, user: str) -> View | None:
        """The modal this person has before them."""
        stack = self.stacks.get(user)
        return stack[-1] if stack else None

    def close(self, user: str) -> None:
        """The person closes everything."""
        self.stacks.pop(user, None)

    # ---- the methods -------------------------------------------------------------------------------

    def open(self, args: Json) -> Json:
        """`views.open`"""
        user = self._spend(args)
        self.stacks[user] = []
        return self.pile(user, args["view"])

    def push(self, args: Json) -> Json:
        """`views.push`"""
        return self.pile(self._spend(args), args["view"])

    def update(self, args: Json) -> Json:
        """`views.update`"""
        view = self._named(args)
        if args.get("hash") not in {None, view.hash}:
            raise Refused("hash_conflict")
        return self.replace(view, args["view"])

    def publish(self, args: Json) -> Json:
        """`views.publish`"""
        user = self._workspace.member(str(args.get("user_id", ""))).id
        standing = self.homes.get(user)
        if args.get("hash") and (standing is None or args["hash"] != standing.hash):
            raise Refused("hash_conflict")
        if args["view"].get("type") != "home":
            raise Refused("invalid_arguments", "view.type: not home")
        if standing is None:
            self._weigh(args["view"])
            id = f"V{next(self._numbers):04d}"
            standing = self.homes[user] = View(id, user, id, args["view"])
            return {"view": self.as_json(standing)}
        return self.replace(standing, args["view"])

    # ---- what an answered submission does ----------------------------------------------------------

    def pile(self, user: str, view: Json) -> Json:
        """One more modal on top of those before this person."""
        stack = self.stacks.setdefault(user, [])
        if len(stack) >= STACK:
            raise Refused("push_limit_reached")
        self._weigh(view)
        if view["type"] != "modal":
            raise Refused("invalid_arguments", "view.type: not modal")
        id = f"V{next(self._numbers):04d}"
        stack.append(View(id, user, stack[0].id if stack else id, view))
        return {"view": self.as_json(stack[-1])}

    def replace(self, view: View, shown: Json) -> Json:
        """Show something else in its place."""
        self._weigh(shown)
        view.shown = shown
        view.revision += 1
        return {"view": self.as_json(view)}

    def as_json(self, view: View, state: Json | None = None) -> Json:
        """A view as Slack sends it along."""
        space = self._workspace
        ids = {"id": view.id, "root_view_id": view.root, "hash": view.hash, "team_id": space.team}
        ours = {"app_id": space.app_id, "bot_id": space.bot_id, "state": {"values": state or {}}}
        return {"private_metadata": "", "callback_id": "", "external_id": ""} | view.shown | ids | ours

    def _spend(self, args: Json) -> str:
        trigger = str(args.get("trigger_id", ""))
        if trigger in self._used:
            raise Refused("exchanged_trigger_id")
        if trigger not in self._triggers:
            raise Refused("invalid_trigger_id")
        user, given = self._triggers[trigger]
        if self._workspace.now - given > QUICKLY:
            raise Refused("expired_trigger_id")
        self._used.add(trigger)
        return user

    def _named(self, args: Json) -> View:
        everywhere = [*self.homes.values(), *(view for stack in self.stacks.values() for view in stack)]
        for view in everywhere:
            external = view.shown.get("external_id")
            if args.get("view_id") == view.id or (external and args.get("external_id") == external):
                return view
        raise Refused("not_found")

    def _weigh(self, view: Json) -> None:
        faults = faults_of_view(view)
        if "view_too_large" in faults:
            raise Refused("view_too_large")
        if faults:
            raise Refused("invalid_arguments", *faults)
        self.files.weigh(view["blocks"], "invalid_arguments")

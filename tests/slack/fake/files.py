"""Files of one pretend workspace: uploaded in three steps, and looked at before a block may show one.

What Slack will not show is refused with the words of Slack's own answer.
"""

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from tests.slack.fake.workspace import Json, Refused, Workspace

_PNG = b"\x89PNG"
_ID = re.compile(r"F[A-Z0-9]{8,}")


class Files:
    """`uploads` by id. The next `unready` messages and views with a picture are refused, as too early."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._numbers = count(1)
        self.uploads: dict[str, Json] = {}
        self.unready = 0

    def lose(self) -> None:
        """Every file so far is deleted."""
        self.uploads.clear()

    def url(self, args: Json, root: str) -> Json:
        """`files.getUploadURLExternal`"""
        if "files:write" not in self._workspace.scopes:
            raise Refused("missing_scope")
        id = f"F{next(self._numbers):08d}"
        self.uploads[id] = {
            "filename": args["filename"],
            "length": int(args["length"]),
            "alt_txt": args.get("alt_txt", ""),
            "whole": False,
        }
        if len(self.uploads[id]["alt_txt"]) > 1_000:
            raise Refused("invalid_arguments", "alt_txt")
        return {"upload_url": f"{root}/upload/{self._workspace.name}/{id}", "file_id": id}

    def take(self, id: str, content: bytes) -> None:
        """What is sent to that URL."""
        self.uploads[id]["bytes"] = content

    def complete(self, args: Json) -> Json:
        """`files.completeUploadExternal`; without a channel only the app has it."""
        for file in args["files"]:
            upload = self.uploads.get(file["id"], {})
            if len(upload.get("bytes", b"")) != upload.get("length", -1):
                raise Refused("file_not_found")
            upload["whole"] = True
            if args.get("channel_id"):
                upload["shared"] = self._workspace.room(args["channel_id"]).id
        return {"files": [{"id": file["id"], "title": file.get("title", "")} for file in args["files"]]}

    def weigh(self, blocks: list[Json], error: str) -> None:
        """Refuse, with this error, blocks whose pictures cannot be shown."""
        shown = list(pictures(blocks))
        if shown and self.unready:
            self.unready -= 1
            raise Refused(error, "[ERROR] invalid slack file")
        for id in shown:
            upload = self.uploads.get(id, {})
            if not (_ID.fullmatch(id) and upload.get("whole") and upload["bytes"].startswith(_PNG)):
                raise Refused(error, "[ERROR] invalid slack file")


def pictures(value: Any) -> Iterator[str]:
    """The file of every picture in some blocks."""
    match value:
        case {"type": "image", "slack_file": {"id": str(id)}}:
            yield id
        case dict():
            for inner in value.values():
                yield from pictures(inner)
        case list():
            for inner in value:
                yield from pictures(inner)

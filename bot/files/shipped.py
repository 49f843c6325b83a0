"""The files that come with Baton: the pathway templates, the demo's partnership, and what `init` writes."""

from collections.abc import Mapping
from pathlib import Path

_BOT = Path(__file__).parent.parent

DEMO_PARTNERSHIP = _BOT / "demo" / "partnership.toml"
STARTER_PARTNERSHIP = _BOT / "starter" / "partnership.toml"
STARTER_SETTINGS = _BOT / "starter" / "settings.env"


def shipped_pathways() -> Mapping[str, Path]:
    """The shipped templates by name ("standard", "rapid", …), in alphabetical order."""
    return {path.stem: path for path in sorted((_BOT / "pathways").glob("*.toml"))}

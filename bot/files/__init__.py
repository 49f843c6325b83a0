"""The files people write for Baton, read into plain values: pathways, and the partnership."""

from bot.files.gaps import check_roles, gaps
from bot.files.partnership import load_partnership
from bot.files.pathway import load_pathway, load_pathways
from bot.files.shipped import DEMO_PARTNERSHIP, shipped_pathways
from bot.files.stored import LoadedPathway, pathway_from_body
from bot.files.toml import BadFile

__all__ = [
    "DEMO_PARTNERSHIP",
    "BadFile",
    "LoadedPathway",
    "check_roles",
    "gaps",
    "load_partnership",
    "load_pathway",
    "load_pathways",
    "pathway_from_body",
    "shipped_pathways",
]

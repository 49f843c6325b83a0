"""The playground: the whole house behind a web page with two pretend chat platforms, without tokens."""

from bot.playground.serving import serve

__all__ = ["serve"]

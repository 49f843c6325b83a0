"""The playground: the whole house behind a web page with two pretend chat platforms. No tokens, no servers."""

from bot.playground.serving import serve

__all__ = ["serve"]

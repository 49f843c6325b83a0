"""The doors and the wiring: the only room that knows Slack, Telegram, HTTP, files and the command line."""

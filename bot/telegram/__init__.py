"""The door to Telegram: what is said there, and what is heard. Nothing outside knows anything of Telegram."""

"""What can go wrong with keeping things, as calm sentences. None of them carries SQL, parameters or words."""

BUSY = "The database is busy with something else."


class NotSaved(Exception):
    """The database could not do it just now; `reason` says why, and nothing was half written."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Collided(NotSaved):
    """Another writer was in the way, and this one had to give way: the same again may succeed at once."""


class VaultLocked(NotSaved):
    """Private words can neither be sealed nor opened: the key is missing, or is another one."""


class CannotOpen(VaultLocked):
    """This sealed value was changed, or belongs to another place."""


class BadKey(Exception):
    """The key file cannot be used; the text names the file and the fix."""


class BadStore(Exception):
    """The database cannot be opened as it is written; the text names what to change."""


class RefTaken(Exception):
    """Another concern has this reference already: draw another."""


class NoSuchConcern(Exception):
    """There is no concern with this reference."""


class Unreadable(Exception):
    """Something on record cannot be read back."""

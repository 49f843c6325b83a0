"""Which question of a half-filled form is open in whose chat. The answers themselves are sealed in the draft.

No word of anybody's stands here, and a dialog gives no right to its form.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from storage.drafts import KEPT
from storage.engine import Store
from storage.tables import dialogs

_d = dialogs.c
# A platform numbers the messages of a chat as they come; what is not shown yet is newer than all.
_NEWEST = func.coalesce(_d.message_id, 2**62).desc()


@dataclass(frozen=True, slots=True)
class Dialog:
    """Where one form stands: `question` is the key of the open one, empty for the summary.

    `step` grows with every answer, so that a button of an earlier question is known for one; `checking` is
    true once the summary has been seen; `request` is what moved it last, and does so once; `message_id` is
    where the open question stands, once it has been shown, and 0 where it never was but another's has been.
    """

    form: str
    account: str
    question: str = ""
    step: int = 0
    checking: bool = False
    message_id: int | None = None
    request: str = ""


class Dialogs:
    """The dialogs that are going on. Raises `NotSaved`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, form: str, account: str) -> Dialog | None:
        """The dialog about this form, if it is in this account's chat."""
        return self._first(_d.form == form, _d.account == account)

    def newest(self, account: str) -> Dialog | None:
        """The one whose question was shown last in this account's chat."""
        return self._first(_d.account == account)

    def asked_in(self, account: str, message_id: int) -> Dialog | None:
        """The one whose open question is this message."""
        return self._first(_d.account == account, _d.message_id == message_id)

    def accounts(self) -> tuple[str, ...]:
        """Everybody with an unfinished form."""
        with self._store.read() as db:
            return tuple(db.scalars(select(_d.account).distinct().order_by(_d.account)))

    def put(self, dialog: Dialog, now: datetime) -> None:
        """It stands here from now on."""
        row = {
            "question": dialog.question,
            "step": dialog.step,
            "checking": dialog.checking,
            "message_id": dialog.message_id,
            "request": dialog.request,
            "at": now,
        }
        with self._store.write() as db:
            if not db.execute(update(dialogs).where(_d.form == dialog.form).values(row)).rowcount:
                db.execute(insert(dialogs).values(row | {"form": dialog.form, "account": dialog.account}))

    def shown(self, form: str, message_id: int) -> None:
        """Its open question stands in this message; one nobody has been shown is not the newest any more."""
        whose = select(_d.account).where(_d.form == form).scalar_subquery()
        with self._store.write() as db:
            db.execute(update(dialogs).where(_d.form == form).values(message_id=message_id))
            unseen = update(dialogs).where(_d.account == whose, _d.message_id.is_(None))
            db.execute(unseen.values(message_id=0))

    def end(self, form: str) -> None:
        """It is over."""
        with self._store.write() as db:
            db.execute(delete(dialogs).where(_d.form == form))

    def sweep(self, now: datetime) -> int:
        """Forget those not touched for as long as a form is kept, and say how many."""
        with self._store.write() as db:
            return db.execute(delete(dialogs).where(_d.at < now - KEPT)).rowcount

    def _first(self, *where: ColumnElement[bool]) -> Dialog | None:
        wanted = select(dialogs).where(*where).order_by(_NEWEST, _d.at.desc()).limit(1)
        with self._store.read() as db:
            row = db.execute(wanted).first()
        if row is None:
            return None
        return Dialog(
            row.form, row.account, row.question, row.step, row.checking, row.message_id, row.request
        )

"""The playground's whole partnership on Telegram: one bot, and a clock in hand.

By asking or by being rung, through the real library; what people do is what a thumb can do.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import SecretStr

from bot.files import DEMO_PARTNERSHIP, load_partnership
from bot.house import House
from bot.serving import Bot
from bot.settings import TelegramAccount
from bot.telegram.front import telegram_bot
from bot.telegram.pacing import Pacing
from bot.telegram.places import TELEGRAM
from bot.telegram.speaking import Speaker
from bot.telegram.wiring import Telegram
from concerns.directory import Directory
from concerns.people import Channel, Identity, Person
from handlers.scene import Asker
from storage.dialogs import Dialogs
from tests.running import Hand, Running, as_it_is, opened, port, served
from tests.telegram.doorway import HURRIED, Hurried
from tests.telegram.fake.chats import BOT, Said
from tests.telegram.fake.server import FakeTelegram, serving
from tests.telegram.world import furnish
from views.parts import Field, FieldKind

SECRET = "a-word-of-our-own"
_FIRST_USER, _FIRST_GROUP = 6_000_000_001, -1_002_000_000_001
_MOST_TURNS = 400
_PASSING = ("Keep it", "Done", "Skip")
"""How a question is passed that nothing is said to, the first that there is."""

Answer = str | list[str]
Story = Callable[["Partners"], Awaitable[None]]


def on_telegram(directory: Directory) -> Directory:
    """The same partnership with all of it on Telegram."""
    people = tuple(_person(n, person) for n, person in enumerate(directory.people))
    channels = tuple(_channel(n, channel) for n, channel in enumerate(directory.channels))
    return replace(directory, people=people, channels=channels, workspaces=())


def _person(n: int, person: Person) -> Person:
    return replace(person, identities=(Identity("telegram", "telegram", str(_FIRST_USER + n)),))


def _channel(n: int, channel: Channel) -> Channel:
    address = str(_FIRST_GROUP - n)
    return replace(channel, platform="telegram", workspace="telegram", address=address)


@dataclass(kw_only=True)
class Partners(Running):
    """What people do, by their ids of the directory, and what every place shows. `ref` is the concern's."""

    telegram: FakeTelegram
    http: bool = False

    # ------------------------------------------------------------------ what people do

    async def begins(self, person: str, line: str, /, **given: Answer) -> None:
        """Somebody puts the concern on record."""
        await self.does(person, line, **given)
        self.ref = self.concern.ref

    async def does(self, person: str, line: str, /, **given: Answer) -> str:
        """Somebody types a line in private and answers what is asked; what they are told at the end."""
        before = len(self.shown(person))
        self._hand(person).say(line.replace("REF", self.ref))
        await self.settle()
        await self._fills(person, given)
        return "\n".join(one.text for one in self.shown(person)[before:])

    async def presses(self, person: str, label: str, place: str = "", /, **given: Answer) -> str:
        """Somebody presses the newest button of that name in a group, or in private; and answers."""
        before = len(self.shown(person))
        *_, newest = (one for one in self.shown(place or person) if label in one.labels)
        query = self._hand(person).press(newest, label)
        await self.settle()
        link = self.telegram.api.answers[query].get("url") or ""
        if link:
            # Telegram opens the private chat, and there is a button that says Start.
            self._hand(person).start(link.partition("?start=")[2])
            await self.settle()
        await self._fills(person, given)
        return "\n".join(one.text for one in self.shown(person)[before:])

    async def _fills(self, person: str, given: dict[str, Answer]) -> None:
        """Question by question, until no form is open."""
        for _ in range(_MOST_TURNS):
            asked = await asyncio.to_thread(self._open, person)
            if asked is None:
                return
            field, here = asked
            if field is None:
                await self._press(person, here, "Send")
            elif (answer := given.get(field.key)) is None:
                await self._press(person, here, next(one for one in _PASSING if one in here.labels))
            else:
                await self._answer(person, here, field, answer)
        raise AssertionError("the form never ends")

    async def _answer(self, person: str, here: Said, field: Field, answer: Answer) -> None:
        labels = {choice.value: choice.label for choice in field.choices}
        for one in [answer] if isinstance(answer, str) else answer:
            if field.kind is FieldKind.DATETIME:
                day, _, time = one.partition("T")
                for part in (day, time[:5]):
                    self._hand(person).say(part)
                    await self.settle()
            elif labels.get(one, one) in here.labels:
                await self._press(person, here, labels.get(one, one))
            else:
                self._hand(person).say(labels.get(one, one))
                await self.settle()
        if field.kind is FieldKind.CHOICES:
            await self._press(person, self._newest(person), "Done")

    async def _press(self, person: str, said: Said, label: str) -> None:
        assert label in said.labels, (said.text, said.labels)
        self._hand(person).press(said, label)
        await self.settle()

    def _open(self, person: str) -> tuple[Field | None, Said] | None:
        """The open question and where it stands; the danger form's keeps nothing, and so is asked once."""
        account = self._account(person)
        dialog = Dialogs(self.house.store).newest(account.user)
        if dialog is None:
            return None
        found = self.house.directories.current().whose(account)
        form = self.house.desk.keep(Asker(found), dialog.form, {}).form
        assert form is not None
        field = next((one for one in form.fields if one.key == dialog.question), None)
        return field, self._newest(person)

    def _newest(self, person: str) -> Said:
        return [one for one in self.shown(person) if one.buttons][-1]

    def _hand(self, person: str) -> "PersonsHand":
        return PersonsHand(self.telegram, int(self._account(person).user))

    # ------------------------------------------------------------------ how time passes

    async def heard(self) -> None:
        """All that has come in is handled."""
        while self.telegram.updates.pending:
            if self.http:
                pushed = await asyncio.wrap_future(self.telegram.do(self.telegram._push()))
                assert set(pushed) == {200}, pushed
            await asyncio.sleep(HURRIED)
        await super().heard()

    # ------------------------------------------------------------------ what everybody sees

    def shown(self, place: str) -> list[Said]:
        """What Baton said in a group, or in a person's private chat, as it stands now."""
        channel = next((one for one in self.directory.channels if one.id == place), None)
        chat = int(channel.address) if channel else int(self._account(place).user)
        return self.telegram.chats.heard(chat)

    def reads(self, place: str) -> str:
        """All that can be read there."""
        return "\n".join(one.text for one in self.shown(place))

    def everything(self) -> str:
        """All that any group shows or has shown."""
        said = [one for one in self.telegram.chats.said if one.chat.id < 0 and one.sender.id == BOT]
        return "\n".join(f"{one.text} {one.edits} {one.keyboard}" for one in said)

    def _account(self, person: str) -> Identity:
        found = next(one for one in self.directory.people if one.id == person)
        return next(account for account in found.identities if account.platform == TELEGRAM)


class PersonsHand:
    """Somebody's thumb."""

    def __init__(self, telegram: FakeTelegram, user: int) -> None:
        hand = telegram.hand(user)
        self.say, self.start, self.press = hand.say, hand.start, hand.press


def told(
    url: str, folder: Path, story: Story, *, http: bool, but: Callable[[Directory], Directory] = as_it_is
) -> None:
    """Live a story in a partnership of its own; `but` says in what it differs."""
    clock = Hand()
    directory = but(on_telegram(load_partnership(DEMO_PARTNERSHIP)))
    telegram = FakeTelegram(clock)
    furnish(telegram.chats, directory)
    with serving(telegram), opened(url, folder, clock, directory) as house:
        asyncio.run(asyncio.wait_for(_lived(telegram, house, clock, story, http), 240))
        refused = refused_by(telegram)
        assert not refused, refused


def refused_by(telegram: FakeTelegram) -> list[tuple[str, str]]:
    """What Telegram would not take; a card that says already what it is to say is a success."""
    return [one for one in telegram.refusals if "not modified" not in one[1]]


async def _lived(telegram: FakeTelegram, house: House, clock: Hand, story: Story, http: bool) -> None:
    listening, root = port()
    joined = joined_to(telegram, clock, root if http else "")
    bot = Bot(house, [], "https://slack.invalid/", "", joined)
    async with served(bot, listening):
        await signed_in(house)
        await story(Partners(telegram=telegram, house=house, bot=bot, clock=clock, http=http))


def joined_to(telegram: FakeTelegram, clock: Hand, root: str) -> Telegram:
    """What joins a house to this Telegram, which rings it at `root`, if it is to ring."""
    account = TelegramAccount(SecretStr(telegram.token), root, SecretStr(SECRET))
    client, hurried = telegram_bot(account, telegram.url), Hurried(clock)
    return Telegram(account, client, Speaker(client, Pacing(hurried, hurried.sleep)))


async def signed_in(house: House) -> None:
    """Once Telegram has said who Baton is, over a real connection."""
    while not house.invites.bot:  # noqa: ASYNC110 -- in the pretend Telegram's own thread
        await asyncio.sleep(HURRIED)

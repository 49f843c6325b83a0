"""The Bot API methods Baton calls: what each asks for, what it does, what it answers.

It knows no HTTP and no faults. Where the real one would quietly drop or cut something, this one refuses.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

from tests.telegram.fake.chats import BOT, DELETABLE, Chat, Chats, Json, Refused, Said, User
from tests.telegram.fake.updates import Hook, Updates
from tests.telegram.limits import (
    ANSWER,
    CAPTION,
    TEXT,
    faults_of_commands,
    faults_of_keyboard,
    faults_of_text,
)

Args = Json
QUERY_LIFE = timedelta(minutes=1)
_NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
_LATE = "Bad Request: query is too old and response timeout expired or query ID is invalid"
_RIGHTS = (
    *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages"),
    *("can_manage_video_chats", "can_restrict_members", "can_promote_members", "can_change_info"),
    *("can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories"),
)
_STANDING: dict[str, Json] = {
    "creator": {"is_anonymous": False},
    "administrator": dict.fromkeys(_RIGHTS, False),
    "kicked": {"until_date": 0},
}
_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


class Api:
    """`call` does what one method does. `queries` are presses still to be answered, `answers` what was."""

    def __init__(self, chats: Chats, updates: Updates) -> None:
        self.chats = chats
        self.updates = updates
        self.queries: dict[str, Any] = {}
        self.answers: dict[str, Json] = {}
        self.numbers = count(1)
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.descriptions: dict[str, str] = {}
        self._methods: dict[str, Callable[[Args, timedelta], Any]] = {
            "getMe": self._me,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
            "sendMessage": self._send,
            "sendPhoto": self._send_photo,
            "sendChatAction": lambda args, later: self._room(args) is not None,
            "editMessageText": self._edit,
            "editMessageReplyMarkup": self._edit_keyboard,
            "deleteMessage": self._delete,
            "answerCallbackQuery": self._answer,
            "setMyCommands": self._set_commands,
            "deleteMyCommands": self._delete_commands,
            "getMyCommands": lambda args, later: self.commands.get(_scope(args), []),
            "setMyDescription": self._describe("description", 512),
            "setMyShortDescription": self._describe("short_description", 120),
            "getChat": self._chat,
            "getChatMember": self._member,
            "getChatAdministrators": self._administrators,
            "getChatMemberCount": lambda args, later: len(self._known(args).members),
            "leaveChat": self._leave,
        }

    def call(self, method: str, args: Args, later: timedelta = timedelta()) -> Any:
        """Do it; a message appears `later`. Raises Refused."""
        if method not in self._methods:
            raise Refused(404, "Not Found: method not found")
        return self._methods[method](args, later)

    # ---- the bot itself ----------------------------------------------------------------------------

    def _me(self, args: Args, later: timedelta) -> Json:
        bot = {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }
        return self.chats.bot.shown() | bot

    def _set_webhook(self, args: Args, later: timedelta) -> bool:
        url = args.get("url", "")
        if url and not url.startswith(("https://", "http://127.0.0.1")):
            raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        secret = args.get("secret_token", "")
        if not all(sign.isascii() and (sign.isalnum() or sign in "_-") for sign in secret):
            raise Refused(400, "Bad Request: secret token contains unallowed characters")
        self._remember_kinds(args)
        self.updates.hook = Hook(url, secret, args.get("max_connections", 40)) if url else None
        if args.get("drop_pending_updates"):
            self.updates.pending.clear()
        return True

    def _delete_webhook(self, args: Args, later: timedelta) -> bool:
        return self._set_webhook({"drop_pending_updates": args.get("drop_pending_updates")}, later)

    def _webhook_info(self, args: Args, later: timedelta) -> Json:
        hook, waiting = self.updates.hook, len(self.updates.pending)
        info = {"url": hook.url if hook else "", "has_custom_certificate": False}
        allowed = {"allowed_updates": list(self.updates.allowed)} if self.updates.allowed else {}
        return info | {"pending_update_count": waiting} | allowed

    async def get_updates(self, args: Args) -> list[Json]:
        """getUpdates, which may wait."""
        self._remember_kinds(args)
        limit, wait = args.get("limit", 100), args.get("timeout", 0)
        if not 1 <= limit <= 100:
            raise Refused(400, "Bad Request: limit must be between 1 and 100")
        return await self.updates.get(args.get("offset", 0), limit, wait)

    def _remember_kinds(self, args: Args) -> None:
        """Telegram remembers what it was last asked to send."""
        if "allowed_updates" in args:
            self.updates.allowed = tuple(args["allowed_updates"])

    def _set_commands(self, args: Args, later: timedelta) -> bool:
        if faults := faults_of_commands(args["commands"]):
            raise Refused(400, f"Bad Request: {faults[0]}")
        self.commands[_scope(args)] = args["commands"]
        return True

    def _delete_commands(self, args: Args, later: timedelta) -> bool:
        self.commands.pop(_scope(args), None)
        return True

    def _describe(self, name: str, most: int) -> Callable[[Args, timedelta], bool]:
        def describe(args: Args, later: timedelta) -> bool:
            if len(args.get(name, "")) > most:
                raise Refused(400, f"Bad Request: {name} is too long")
            self.descriptions[name] = args.get(name, "")
            return True

        return describe

    # ---- messages ----------------------------------------------------------------------------------

    def _send(self, args: Args, later: timedelta) -> Json:
        chat = self._room(args)
        _weigh(args, "text", "entities", TEXT)
        return self._said(chat, args, args["text"].strip(), args.get("entities", []), later).shown()

    def _send_photo(self, args: Args, later: timedelta) -> Json:
        chat = self._room(args)
        _weigh(args | {"caption": args.get("caption", "")}, "caption", "caption_entities", CAPTION)
        if not isinstance(args.get("photo"), bytes) or not args["photo"].startswith(b"\x89PNG"):
            raise Refused(400, "Bad Request: IMAGE_PROCESS_FAILED")
        words, marks = args.get("caption", "").strip(), args.get("caption_entities", [])
        return self._said(chat, args, words, marks, later, photo=args["photo"]).shown()

    def _said(
        self, chat: Chat, args: Args, words: str, marks: list[Json], later: timedelta, photo: bytes = b""
    ) -> Said:
        topic = args.get("message_thread_id")
        if topic is not None and topic not in chat.topics:
            raise Refused(400, "Bad Request: message thread not found")
        keyboard = args.get("reply_markup", {}).get("inline_keyboard", [])
        more: Json = {"keyboard": keyboard, "topic": topic, "photo": photo, "args": args}
        reply = self._replied(chat, args)
        return self.chats.say(
            chat, self.chats.bot, words, later, entities=self._whole(marks), reply_to=reply, **more
        )

    def _whole(self, marks: list[Json]) -> list[Json]:
        """Of those mentioned Telegram takes only the id for what it is."""
        known = self.chats.users
        return [
            mark | {"user": known[mark["user"]["id"]].shown()} if mark["type"] == "text_mention" else mark
            for mark in marks
            if mark["type"] != "text_mention" or mark["user"]["id"] in known
        ]

    def _replied(self, chat: Chat, args: Args) -> int | None:
        reply = args.get("reply_parameters")
        if reply is None:
            return None
        id: int = reply["message_id"]
        if self.chats.find(chat.id, id):
            return id
        if reply.get("allow_sending_without_reply"):
            return None
        raise Refused(400, "Bad Request: message to be replied not found")

    def _edit(self, args: Args, later: timedelta) -> Json:
        said = self._mine(args, "edited")
        if said.photo:
            raise Refused(400, "Bad Request: there is no text in the message to edit")
        _weigh(args, "text", "entities", TEXT)
        keyboard = args.get("reply_markup", {}).get("inline_keyboard", [])
        return self._changed(said, args["text"].strip(), self._whole(args.get("entities", [])), keyboard)

    def _edit_keyboard(self, args: Args, later: timedelta) -> Json:
        said = self._mine(args, "edited")
        if faults := faults_of_keyboard(args.get("reply_markup", {})):
            raise Refused(400, f"Bad Request: {faults[0]}")
        keyboard = args.get("reply_markup", {}).get("inline_keyboard", [])
        return self._changed(said, said.text, said.entities, keyboard)

    def _changed(self, said: Said, text: str, marks: list[Json], keyboard: list[list[Json]]) -> Json:
        if (said.text, said.entities, said.keyboard) == (text, marks, keyboard):
            raise Refused(400, _NOT_MODIFIED)
        said.edits.append((self.chats.clock(), said.text, said.keyboard))
        said.text, said.entities, said.keyboard = text, marks, keyboard
        return said.shown()

    def _delete(self, args: Args, later: timedelta) -> bool:
        chat = self._room(args)
        said = self.chats.find(chat.id, args["message_id"])
        if said is None:
            raise Refused(400, "Bad Request: message to delete not found")
        mine = said.sender.id == BOT or chat.private or (chat.bot == "administrator" and chat.may_delete)
        if not mine or self.chats.clock() - said.at >= DELETABLE:
            raise Refused(400, "Bad Request: message can't be deleted")
        said.gone = True
        return True

    def _mine(self, args: Args, done: str) -> Said:
        chat = self._room(args)
        said = self.chats.find(chat.id, args["message_id"])
        if said is None:
            raise Refused(400, "Bad Request: message to edit not found")
        if said.sender.id != BOT:
            raise Refused(400, f"Bad Request: message can't be {done}")
        return said

    def _answer(self, args: Args, later: timedelta) -> bool:
        asked = self.queries.pop(args["callback_query_id"], None)
        if asked is None or self.chats.clock() - asked > QUERY_LIFE:
            raise Refused(400, _LATE)
        if len(args.get("text", "")) > ANSWER:
            raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
        self.answers[args["callback_query_id"]] = args
        return True

    # ---- chats -------------------------------------------------------------------------------------

    def _room(self, args: Args) -> Chat:
        return self.chats.room(args["chat_id"])

    def _known(self, args: Args) -> Chat:
        return self.chats.known(args["chat_id"])

    def _chat(self, args: Args, later: timedelta) -> Json:
        more = {
            "accent_color_id": 0,
            "max_reaction_count": 1,
            "accepted_gift_types": dict.fromkeys(_GIFTS, False),
        }
        return self._known(args).shown() | more

    def _member(self, args: Args, later: timedelta) -> Json:
        chat, id = self._known(args), args["user_id"]
        if id not in self.chats.users:
            raise Refused(400, "Bad Request: user not found")
        return self._standing(chat, id)

    def _administrators(self, args: Args, later: timedelta) -> list[Json]:
        chat = self._known(args)
        everyone = [*sorted(chat.admins), *([BOT] if chat.bot == "administrator" else [])]
        return [self._standing(chat, id) for id in everyone]

    def _standing(self, chat: Chat, id: int) -> Json:
        status = "member" if id in chat.members else "left"
        status = "administrator" if id in chat.admins else status
        may_delete = id == BOT and chat.may_delete
        return standing(self.chats.users[id], chat.bot if id == BOT else status, may_delete=may_delete)

    def _leave(self, args: Args, later: timedelta) -> bool:
        self._known(args).bot = "left"
        return True


def standing(user: User, status: str, *, may_delete: bool = False) -> Json:
    """What somebody is in a chat, as Telegram describes it."""
    shown = {"status": status, "user": user.shown()} | _STANDING.get(status, {})
    return shown | {"can_delete_messages": may_delete} if status == "administrator" else shown


def _scope(args: Args) -> tuple[str, str]:
    scope = args.get("scope", {"type": "default"})
    return json.dumps(scope, sort_keys=True), args.get("language_code", "")


def _weigh(args: Args, words: str, marks: str, most: int) -> None:
    if args.get("parse_mode"):
        raise Refused(400, "Bad Request: can't parse entities: this house sends no parse mode")
    if words == "text" and not args["text"].strip():
        raise Refused(400, "Bad Request: message text is empty")
    if faults := faults_of_text(args[words], args.get(marks, []), most):
        raise Refused(400, f"Bad Request: {faults[0]}")
    if faults := faults_of_keyboard(args.get("reply_markup", {})):
        raise Refused(400, f"Bad Request: {faults[0]}")

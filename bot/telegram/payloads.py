"""The shapes of what Telegram sends, as far as Baton reads them; everything else in them is left out."""

from pydantic import BaseModel, ConfigDict, Field

MOST = 2**52
"""Ids have at most 52 significant bits (platforms 2.1)."""

Json = dict[str, object]


class Part(BaseModel):
    """A part of what Telegram sends; a number in quotes is none, and what we have no use for is left out."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore", hide_input_in_errors=True)


class User(Part):
    id: int = Field(gt=0, lt=MOST)
    is_bot: bool = False
    first_name: str = ""
    last_name: str = ""

    @property
    def name(self) -> str:
        """As it stands in the profile; anybody can choose it."""
        return f"{self.first_name} {self.last_name}".strip()[:100]


class Chat(Part):
    id: int = Field(gt=-MOST, lt=MOST)
    type: str


class Answered(Part):
    message_id: int
    sender: User | None = Field(default=None, alias="from")


class Message(Part):
    message_id: int = Field(ge=0, lt=MOST)
    chat: Chat
    sender: User | None = Field(default=None, alias="from")
    sender_chat: Json | None = None
    text: str | None = None
    forward_origin: Json | None = None
    forward_date: int | None = None
    via_bot: Json | None = None
    is_automatic_forward: bool = False
    reply_to_message: Answered | None = None
    migrate_to_chat_id: int | None = Field(default=None, gt=-MOST, lt=MOST)


class Under(Part):
    message_id: int = Field(ge=0, lt=MOST)
    chat: Chat


class Query(Part):
    id: str = Field(min_length=1, max_length=128)
    sender: User = Field(alias="from")
    message: Under | None = None
    data: str | None = None


class Member(Part):
    status: str


class Changed(Part):
    chat: Chat
    new_chat_member: Member


class Update(Part):
    update_id: int = Field(ge=0, lt=2**63)
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: Query | None = None
    my_chat_member: Changed | None = None

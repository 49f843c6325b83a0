"""The fake Slack's Web API through the real SDK: it must be as strict as Slack, or it proves nothing."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.chat.faults import Broken, Busy, Dropped, Garbled, Silent
from tests.reminders.loops import run
from tests.slack.fake.faults import Fault, Says
from tests.slack.fake.server import FakeSlack
from tests.slack.world import JOELS, JOINT_ADDRESS, Clock, client_of

SAID: dict[str, Any] = {"channel": JOINT_ADDRESS, "text": "Something was said"}
MODAL: dict[str, Any] = {"type": "modal", "title": {"type": "plain_text", "text": "A form"}, "blocks": []}
MODAL["blocks"] = [{"type": "section", "text": {"type": "plain_text", "text": "Please look."}}]
HOME = {"type": "home", "blocks": MODAL["blocks"]}

Ask = Callable[[AsyncWebClient], Awaitable[Any]]


def asked(slack: FakeSlack, ask: Ask) -> Any:
    """What Slack answers."""

    async def once() -> Any:
        return await ask(client_of(slack))

    return run(once())


def error(slack: FakeSlack, ask: Ask) -> str:
    """The error code Slack answers with."""
    with pytest.raises(SlackApiError) as refused:
        asked(slack, ask)
    code: str = refused.value.response["error"]
    return code


def section(text: str) -> dict[str, Any]:
    """A block with this text."""
    return {"type": "section", "text": {"type": "plain_text", "text": text}}


REFUSED: dict[str, tuple[str, Ask]] = {
    "no such channel": ("channel_not_found", lambda c: c.chat_postMessage(channel="C-none", text="?")),
    "nothing said": ("no_text", lambda c: c.api_call("chat.postMessage", json={"channel": JOINT_ADDRESS})),
    "51 blocks": ("invalid_blocks", lambda c: c.chat_postMessage(**SAID, blocks=[section("a")] * 51)),
    "a long section": ("invalid_blocks", lambda c: c.chat_postMessage(**SAID, blocks=[section("a" * 3_001)])),
    "no such message": ("message_not_found", lambda c: c.chat_update(**SAID, ts="1.1")),
    "no such thread": (
        "thread_not_found",
        lambda c: c.conversations_replies(channel=JOINT_ADDRESS, ts="1.1"),
    ),
    "a page too long": (
        "invalid_limit",
        lambda c: c.conversations_history(channel=JOINT_ADDRESS, limit=1_000),
    ),
    "nobody": ("user_not_found", lambda c: c.users_info(user="U-none")),
    "not in the channel": (
        "user_not_in_channel",
        lambda c: c.chat_postEphemeral(**SAID, user="U-none"),
    ),
    "no trigger": ("invalid_trigger_id", lambda c: c.views_open(trigger_id="1.2", view=MODAL)),
    "no such view": ("not_found", lambda c: c.views_update(view_id="V-none", view=MODAL)),
    "no such method": ("unknown_method", lambda c: c.api_call("chat.shout")),
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_refuses_what_slack_refuses(slack: FakeSlack, what: str) -> None:
    """With Slack's own word for it."""
    code, ask = REFUSED[what]
    assert error(slack, ask) == code


def test_an_edit_has_less_room_than_a_post(slack: FakeSlack) -> None:
    """Four thousand characters."""
    ts = slack.only.say(JOINT_ADDRESS, {"text": "before"}).ts

    long = {"channel": JOINT_ADDRESS, "ts": ts, "text": "a" * 4_001}
    assert error(slack, lambda c: c.api_call("chat.update", json=long)) == "msg_too_long"


def test_each_workspace_knows_its_own_token(slack: FakeSlack) -> None:
    """And nobody else's."""
    assert asked(slack, lambda c: c.auth_test())["team_id"] == slack.only.team
    stranger = AsyncWebClient("xoxb-other", base_url=slack.api_url, retry_handlers=[])
    with pytest.raises(SlackApiError, match="invalid_auth"):
        run(stranger.auth_test())


def test_history_shows_pages_of_what_was_said_newest_first(slack: FakeSlack, clock: Clock) -> None:
    """Replies stand in their thread, broadcast ones in both, ephemeral ones nowhere; all after a while."""
    slack.only.lag = timedelta(seconds=5)
    head = slack.only.say(JOINT_ADDRESS, {"text": "head"})
    slack.only.say(JOINT_ADDRESS, {"text": "reply", "thread_ts": head.ts})
    slack.only.say(JOINT_ADDRESS, {"text": "aloud", "thread_ts": head.ts, "reply_broadcast": True})
    slack.only.say(JOINT_ADDRESS, {"text": "whispered", "user": JOELS})

    def texts(answer: Any) -> list[str]:
        return [message["text"] for message in answer["messages"]]

    assert texts(asked(slack, lambda c: c.conversations_history(channel=JOINT_ADDRESS))) == []
    clock.forward(seconds=5)
    assert texts(asked(slack, lambda c: c.conversations_history(channel=JOINT_ADDRESS))) == ["aloud", "head"]
    replies = asked(slack, lambda c: c.conversations_replies(channel=JOINT_ADDRESS, ts=head.ts))
    assert texts(replies) == ["head", "reply", "aloud"]
    first = asked(slack, lambda c: c.conversations_history(channel=JOINT_ADDRESS, limit=1))
    cursor = first["response_metadata"]["next_cursor"]
    rest = asked(slack, lambda c: c.conversations_history(channel=JOINT_ADDRESS, limit=1, cursor=cursor))
    assert texts(first) + texts(rest) == ["aloud", "head"]
    only_new = asked(slack, lambda c: c.conversations_history(channel=JOINT_ADDRESS, oldest=head.ts))
    assert texts(only_new) == ["aloud"], "oldest itself is left out unless inclusive"


def test_of_a_deleted_message_with_replies_a_stone_is_left(slack: FakeSlack) -> None:
    """So that its thread can still be read."""
    head = slack.only.say(JOINT_ADDRESS, {"text": "head", "metadata": {"event_type": "e"}})
    slack.only.say(JOINT_ADDRESS, {"text": "reply", "thread_ts": head.ts})
    slack.only.delete(head.ts)

    (stone,) = asked(slack, lambda c: c.conversations_history(channel=JOINT_ADDRESS))["messages"]
    assert (stone["subtype"], stone["reply_count"]) == ("tombstone", 1)
    assert "metadata" not in stone


# ---- views -----------------------------------------------------------------------------------------


def test_a_trigger_opens_one_view_within_three_seconds(slack: FakeSlack, clock: Clock) -> None:
    """Once, and soon, or not at all."""
    views = slack.views["riverside"]
    first, second = views.trigger(JOELS), views.trigger(JOELS)
    asked(slack, lambda c: c.views_open(trigger_id=first, view=MODAL))
    assert error(slack, lambda c: c.views_open(trigger_id=first, view=MODAL)) == "exchanged_trigger_id"
    clock.forward(seconds=3.1)

    assert error(slack, lambda c: c.views_open(trigger_id=second, view=MODAL)) == "expired_trigger_id"
    shown = views.before(JOELS)
    assert shown is not None
    assert shown.shown == MODAL


def test_three_views_may_stand_on_one_another(slack: FakeSlack) -> None:
    """And no fourth."""
    views = slack.views["riverside"]
    asked(slack, lambda c: c.views_open(trigger_id=views.trigger(JOELS), view=MODAL))
    for _ in range(2):
        asked(slack, lambda c: c.views_push(trigger_id=views.trigger(JOELS), view=MODAL))

    assert (
        error(slack, lambda c: c.views_push(trigger_id=views.trigger(JOELS), view=MODAL))
        == "push_limit_reached"
    )


def test_an_older_view_does_not_overwrite_a_newer_one(slack: FakeSlack) -> None:
    """Where it is told which one is meant."""
    first = asked(slack, lambda c: c.views_publish(user_id=JOELS, view=HOME))["view"]
    asked(slack, lambda c: c.views_publish(user_id=JOELS, view=HOME, hash=first["hash"]))

    late = error(slack, lambda c: c.views_publish(user_id=JOELS, view=HOME, hash=first["hash"]))
    assert late == "hash_conflict"


def test_a_view_that_breaks_a_limit_is_refused(slack: FakeSlack) -> None:
    """And what is wrong with it can be read."""
    trigger = slack.views["riverside"].trigger(JOELS)
    long = MODAL | {"title": {"type": "plain_text", "text": "a" * 25}}

    assert error(slack, lambda c: c.views_open(trigger_id=trigger, view=long)) == "invalid_arguments"
    assert "24" in str(slack.refusals[-1])


# ---- what goes wrong, and whether it was done all the same -----------------------------------------


@pytest.mark.parametrize("accepted", [True, False])
@pytest.mark.parametrize("fault", [Broken, Dropped, Garbled])
def test_a_lost_answer_says_nothing_of_what_was_done(
    slack: FakeSlack, fault: Callable[[bool], Fault], accepted: bool
) -> None:
    """The SDK raises, and the message stands there, or does not."""
    slack.weather.will("chat.postMessage", fault(accepted))

    with pytest.raises((SlackApiError, ClientError)):
        asked(slack, lambda c: c.chat_postMessage(**SAID))
    assert len(slack.only.seen(JOINT_ADDRESS)) == accepted


@pytest.mark.parametrize("accepted", [True, False])
def test_an_answer_may_never_come(slack: FakeSlack, accepted: bool) -> None:
    """The connection stays open until whoever asked gives up."""
    slack.weather.will("chat.postMessage", Silent(accepted))

    async def given_up() -> None:
        asking = asyncio.create_task(client_of(slack).chat_postMessage(**SAID))
        await asyncio.to_thread(slack.silences.get)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking

    asyncio.run(given_up())
    assert len(slack.only.seen(JOINT_ADDRESS)) == accepted


def test_what_lands_late_is_seen_late(slack: FakeSlack, clock: Clock) -> None:
    """The answer is lost, and the message appears seconds after."""
    slack.weather.will("chat.postMessage", Dropped(accepted=True, later=timedelta(seconds=8)))
    with pytest.raises(ClientError):
        asked(slack, lambda c: c.chat_postMessage(**SAID))

    assert slack.only.seen(JOINT_ADDRESS) == []
    clock.forward(seconds=8)
    assert len(slack.only.seen(JOINT_ADDRESS)) == 1


def test_too_many_calls_are_told_to_wait(slack: FakeSlack) -> None:
    """With the seconds in the header; a rule holds for one channel and one method, as often as it says."""
    slack.weather.will("chat.postMessage", Busy(7), Says("fatal_error"), channel=JOINT_ADDRESS)
    with pytest.raises(SlackApiError) as refused:
        asked(slack, lambda c: c.chat_postMessage(**SAID))

    assert (refused.value.response.status_code, refused.value.response.headers["Retry-After"]) == (429, "7")
    assert error(slack, lambda c: c.chat_postMessage(**SAID)) == "fatal_error"
    assert asked(slack, lambda c: c.chat_postMessage(**SAID))["ok"]
    assert len(slack.called("chat.postMessage")) == 3


def test_the_sdks_own_retries_post_twice(slack: FakeSlack) -> None:
    """Why they are off: the answer to the first was lost, and the SDK says that all is well."""
    slack.weather.will("chat.postMessage", Dropped(accepted=True))
    eager = AsyncWebClient(slack.only.bot_token, base_url=slack.api_url)

    assert run(eager.chat_postMessage(**SAID))["ok"]
    assert len(slack.only.seen(JOINT_ADDRESS)) == 2


# ---- places and files ------------------------------------------------------------------------------


def test_a_channel_can_be_lost_in_four_ways(slack: FakeSlack) -> None:
    """Archived, left, moved to another id, or the whole workspace's token taken back."""
    space = slack.only
    space.remove_bot(JOINT_ADDRESS)
    assert error(slack, lambda c: c.chat_postMessage(**SAID)) == "not_in_channel"
    space.conversations[JOINT_ADDRESS].archived = True
    assert error(slack, lambda c: c.chat_postMessage(**SAID)) == "is_archived"
    space.change_id(JOINT_ADDRESS, "C-new")
    assert error(slack, lambda c: c.chat_postMessage(**SAID)) == "channel_not_found"
    space.revoked = True
    assert error(slack, lambda c: c.chat_postMessage(**SAID)) == "token_revoked"


def test_a_file_is_uploaded_and_shared(slack: FakeSlack) -> None:
    """In three steps, by the SDK's own way."""
    picture = b"\x89PNG"
    asked(
        slack,
        lambda c: c.files_upload_v2(
            file=picture, filename="ladder.png", alt_txt="The ladder", channel=JOINT_ADDRESS
        ),
    )

    (file,) = slack.apis["riverside"].files.uploads.values()
    assert (file["bytes"], file["shared"], file["alt_txt"]) == (picture, JOINT_ADDRESS, "The ladder")

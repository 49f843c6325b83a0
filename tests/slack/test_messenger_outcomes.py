"""Every way in which a call of Slack fails is one of the four ways a messenger can say no, said calmly."""

import re
from datetime import timedelta

import pytest
from aiohttp import ClientOSError, ConnectionTimeoutError, ServerDisconnectedError, SocketTimeoutError
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack import outcomes
from bot.slack.outcomes import outcome
from reminders.messenger import Dead, Gone, Unknown, Waiting


def answered(status: int = 200, headers: dict[str, str] | None = None, **data: object) -> SlackApiError:
    """What the SDK raises when Slack answers like this."""
    response = AsyncSlackResponse(
        client=AsyncWebClient(),
        http_verb="POST",
        api_url="",
        req_args={},
        data=dict(data),
        headers=headers or {},
        status_code=status,
    )
    return SlackApiError("", response)  # type: ignore[no-untyped-call]  # the SDK ships it so


CASES: dict[str, tuple[Exception, type[Exception]]] = {
    "message_not_found": (answered(error="message_not_found"), Gone),
    "cant_update_message": (answered(error="cant_update_message"), Gone),
    "thread_not_found": (answered(error="thread_not_found"), Gone),
    "is_archived": (answered(error="is_archived"), Dead),
    "account_inactive": (answered(error="account_inactive"), Dead),
    "a word never heard": (answered(error="a_word_slack_has_never_said"), Dead),
    "internal_error": (answered(error="internal_error"), Unknown),
    "fatal_error": (answered(error="fatal_error"), Unknown),
    "500": (answered(500), Unknown),
    "503": (answered(503, error="service_unavailable"), Unknown),
    "500 with a word": (answered(500, error="is_archived"), Unknown),
    "200 and nothing": (answered(200), Unknown),
    "200 and a list": (answered(200, error=["a", "list"]), Unknown),
    "429": (answered(429), Waiting),
    "ratelimited": (answered(200, error="ratelimited"), Waiting),
    "team_added_to_org": (answered(200, error="team_added_to_org"), Waiting),
    "no JSON": (SlackApiError("", None), Unknown),  # type: ignore[no-untyped-call]  # so here
    "another error of the SDK": (SlackRequestError("?"), Unknown),
    "disconnected": (ServerDisconnectedError(), Unknown),
    "no answer": (SocketTimeoutError(), Unknown),
    "reset": (ClientOSError(104, "reset"), Unknown),
    "timed out": (TimeoutError(), Unknown),
    "not connected in time": (ConnectionTimeoutError(), Waiting),
}


@pytest.mark.parametrize("case", CASES)
def test_a_failure_means_one_thing(case: str) -> None:
    """Waiting, gone or dead is only what Slack surely did not do."""
    failure, end = CASES[case]
    assert type(outcome(failure)) is end


@pytest.mark.parametrize("word", ["token_revoked", "account_inactive", "invalid_auth"])
def test_a_token_taken_back_is_said_of_no_one_place(word: str) -> None:
    """An archived channel is dead by itself; without a token nothing can be said anywhere."""
    ends = outcome(answered(error=word)), outcome(answered(error="is_archived"))

    assert [isinstance(end, Dead) and end.locked_out for end in ends] == [True, False]


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("30", 30),
        ("0", 0),
        ("", 30),
        ("soon", 30),
        ("-5", 30),
        ("²", 30),
        ("3.5", 30),
        ("9" * 20, 30),
    ],
)
@pytest.mark.parametrize("name", ["Retry-After", "retry-after"])
def test_slack_says_how_long_to_wait(name: str, said: str, seconds: int) -> None:
    """In whole seconds; half a minute where it says nothing that can be read."""
    end = outcome(answered(429, {name: said}))

    assert isinstance(end, Waiting)
    assert end.until == timedelta(seconds=seconds)


def test_every_reason_is_a_calm_sentence_for_the_record() -> None:
    """Lower case at its start, since it stands after a colon; no code, no blame, nothing shouted."""
    for code, why in outcomes._WHY.items():
        assert code not in why
        assert re.fullmatch(r"(Baton|Slack|[a-z])[A-Za-z ,;'`]+[a-z`]", why), why
        assert not re.search(r"error|fail|invalid|wrong|you", why), why


@given(st.integers(100, 599), st.text(), st.dictionaries(st.sampled_from(["Retry-After", "x"]), st.text()))
def test_whatever_slack_answers_it_is_one_of_the_four(
    status: int, error: str, headers: dict[str, str]
) -> None:
    """And the reason, if there is one, never repeats what Slack said."""
    end = outcome(answered(status, headers, error=error))

    assert isinstance(end, Waiting | Unknown | Gone | Dead)
    if isinstance(end, Dead) and len(error) > 20:
        assert error not in end.why

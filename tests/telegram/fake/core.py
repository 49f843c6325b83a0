"""A pretend Telegram: what one call does and answers, whatever way it comes in.

`server.py` serves it over HTTP, `direct.py` without a wire; `hands.py` is what people do.
"""

from datetime import timedelta

from tests.chat.faults import Busy, NoAnswer, Weather, accepts
from tests.telegram.fake.api import Api
from tests.telegram.fake.chats import Chats, Clock, Json, Refused
from tests.telegram.fake.faults import Call, Fault, Says
from tests.telegram.fake.floods import Floods
from tests.telegram.fake.updates import Updates

TOKEN = "7000000001:AA-pretend-token-of-the-fake"
Answer = tuple[int, Json]
"""A status, and the JSON that goes with it."""


class Telegram:
    """Everything there is. `calls` holds every call as it came in, refused or not (polling apart).

    `revoked` makes the token void. `floods.on = True` has the platform's own flood limits judged.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.token = TOKEN
        self.revoked = False
        self.weather: Weather[Call, Fault] = Weather()
        self.floods = Floods(clock)
        self.chats = Chats(clock)
        self.updates = Updates(clock)
        self.api = Api(self.chats, self.updates)
        self.calls: list[Call] = []
        self.refusals: list[tuple[str, str]] = []

    def called(self, method: str) -> list[Call]:
        """Every call of this method so far."""
        return [call for call in self.calls if call.method == method]

    async def poll(self, token: str, args: Json) -> Answer:
        """getUpdates, which may wait."""
        try:
            self._admit(token)
            return 200, {"ok": True, "result": await self.api.get_updates(args)}
        except Refused as refused:
            return self._refusal("getUpdates", refused)

    def take(self, token: str, method: str, args: Json) -> tuple[Answer, Fault | None]:
        """Any other call: what it answers, and what goes wrong with the answer on its way."""
        call = Call(method, args, self.clock())
        self.calls.append(call)
        fault = self.weather.choose(call)
        match fault:
            case Busy(seconds):
                return self._refusal(method, _too_many(seconds)), None
            case Says(code, description):
                return self._refusal(method, Refused(code, description)), None
        if not accepts(fault):
            return (500, {"ok": False}), fault
        return self._done(token, call, fault), fault

    def _done(self, token: str, call: Call, fault: Fault | None) -> Answer:
        later = fault.later if isinstance(fault, NoAnswer) else timedelta()
        try:
            self._admit(token)
            if wait := self.floods.wait(call.method, call.chat):
                raise _too_many(wait)
            return 200, {"ok": True, "result": self.api.call(call.method, call.args, later)}
        except Refused as refused:
            return self._refusal(call.method, refused)

    def _admit(self, token: str) -> None:
        if token != self.token:
            raise Refused(404, "Not Found")
        if self.revoked:
            raise Refused(401, "Unauthorized")

    def _refusal(self, method: str, refused: Refused) -> Answer:
        self.refusals.append((method, refused.description))
        said: Json = {"ok": False, "error_code": refused.code, "description": refused.description}
        more = {"parameters": refused.parameters} if refused.parameters else {}
        return refused.code, said | more


def _too_many(seconds: int | None) -> Refused:
    assert seconds is not None, "Telegram always says how long"
    return Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)

"""`baton demo`: where the playground is served, and when it is not."""

from pathlib import Path

import pytest

from tests.command_line import Baton


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, str, int]]:
    """What the playground was asked to serve, instead of serving it; logs are left as they are."""
    asked: list[tuple[Path, str, int]] = []
    monkeypatch.setattr("bot.commands.demo.serve", lambda *where: asked.append(where))
    monkeypatch.setattr("bot.commands.demo.set_up_logs", lambda level: None)
    return asked


def test_the_demo_is_served_on_this_machine_from_its_own_folder(
    baton: Baton, served: list[tuple[Path, str, int]], tmp_path: Path
) -> None:
    """Port 8080 and var/demo, unless told otherwise."""
    assert baton("demo") == (0, "", "")
    assert baton("demo", "--port", "9001", "--folder", "elsewhere") == (0, "", "")

    assert served == [
        (tmp_path / "var" / "demo", "127.0.0.1", 8080),
        (tmp_path / "elsewhere", "127.0.0.1", 9001),
    ]
    assert (tmp_path / "var" / "demo").is_dir()


def test_port_can_be_given_by_the_environment(
    baton: Baton, served: list[tuple[Path, str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`PORT=9000 make demo`; a slip is refused naming the variable."""
    monkeypatch.setenv("PORT", "9000")
    assert baton("demo")[0] == 0
    assert served[0][2] == 9000

    monkeypatch.setenv("PORT", "ninety")
    code, out, err = baton("demo")
    assert (code, out) == (2, "")
    assert "PORT" in err


@pytest.mark.parametrize("name", ["BATON_TELEGRAM_TOKEN", "BATON_SLACK_RIVERSIDE_BOT_TOKEN"])
def test_the_demo_does_not_start_beside_a_real_token(
    baton: Baton, served: list[tuple[Path, str, int]], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The token is not repeated."""
    monkeypatch.setenv(name, "xoxb-secret")
    code, out, err = baton("demo")

    assert (code, out, served) == (2, "", [])
    assert "secret" not in err


def test_a_folder_that_cannot_be_made_is_refused(
    baton: Baton, served: list[tuple[Path, str, int]], tmp_path: Path
) -> None:
    """A file stands in its way."""
    (tmp_path / "var").touch()
    code, out, err = baton("demo")

    assert (code, out, served) == (2, "", [])
    assert "--folder" in err


def test_stopping_the_demo_is_not_a_failure(baton: Baton, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C is how it ends."""

    def interrupted(*where: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.commands.demo.serve", interrupted)
    monkeypatch.setattr("bot.commands.demo.set_up_logs", lambda level: None)

    assert baton("demo") == (0, "", "")

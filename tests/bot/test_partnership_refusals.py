"""Partnership files that are refused: each in one line that names table and key and says what to do."""

from pathlib import Path

import pytest

from bot.files import BadFile, load_partnership
from tests.bot.test_partnership_files import FILE


def refusal(folder: Path, old: str, new: str) -> str:
    """The sentence the file is refused with once `old` is `new`, without the file's name."""
    assert old in FILE
    path = folder / "partnership.toml"
    path.write_text(FILE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadFile) as refused:
        load_partnership(path)
    name, _, sentence = str(refused.value).partition(": ")
    assert name == "partnership.toml"
    assert sentence.isprintable()
    return sentence


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("[partnership]", "[partnerhsip]", '"partnerhsip" is not a key here; did you mean "partnership"?'),
        (
            '[partnership]\nname = "Northshire"\ncoordinator = "sam"\n',
            "",
            '"partnership" is missing; add it, as a table with at least a name.',
        ),
    ],
)
def test_a_table_that_is_missing_or_unknown_is_named(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    assert refusal(tmp_path, old, new) == sentence


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            'id = "sam"',
            'id = "amira"',
            'person "amira" "id": "amira" stands there twice; keep one, or give the other its own.',
        ),
        (
            'id = "council"',
            'id = "riverside"',
            'agency "riverside" "id": "riverside" stands there twice; keep one, or give the other its own.',
        ),
        (
            'id = "council-only"',
            'id = "shared"',
            'channel "shared" "id": "shared" stands there twice; keep one, or give the other its own.',
        ),
        (
            'id = "sam"',
            'id = "Sam B"',
            'person "Sam B" "id": "Sam B" is no id; use small letters, digits and hyphens, a letter first.',
        ),
        ('id = "sam"', "id = 7", 'person 2 "id" must be text in quotes, like id = "…".'),
        (
            'name = "riverside"',
            'name = "telegram"',
            'workspace "telegram" "name" is kept for Telegram itself; give this workspace another.',
        ),
    ],
)
def test_an_id_stands_once_and_has_its_shape(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert refusal(tmp_path, old, new) == sentence


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            'coordinator = "sam"',
            'coordinator = "sm"',
            '[partnership] "coordinator": "sm" is not known here; did you mean "sam"?',
        ),
        (
            'agency = "council"\n[[seat]]',
            'agency = "counsil"\n[[seat]]',
            'person "sam" "agency": "counsil" is not known here; did you mean "council"?',
        ),
        (
            'holder = "sam"',
            'holder = "joel"',
            'seat "manager" "holder": "joel" is not known here; use one of: amira, sam.',
        ),
        (
            'deputies = ["amira"]',
            'deputies = ["amir"]',
            'seat "manager" "deputies": "amir" is not known here; did you mean "amira"?',
        ),
    ],
)
def test_whoever_is_referred_to_must_be_in_the_file(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    assert refusal(tmp_path, old, new) == sentence


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            '"telegram:123456789"',
            '"telegram:@amira"',
            (
                'person "amira" "identities": "telegram:@amira" is no account; write it as '
                '"slack:<workspace>:<user id>" or "telegram:<digits>".'
            ),
        ),
        (
            '"telegram:123456789"',
            '"slack:riverside"',
            (
                'person "amira" "identities": "slack:riverside" is no account; write it as '
                '"slack:<workspace>:<user id>" or "telegram:<digits>".'
            ),
        ),
        (
            '"slack:riverside:U012"',
            '"slack:riversid:U012"',
            (
                'person "amira" "identities": "slack:riversid:U012" is in no Slack workspace of '
                'this file; did you mean "riverside"?'
            ),
        ),
        (
            'name = "Sam Byrne"',
            'name = "Sam"\nidentities = ["telegram:123456789"]',
            'person "sam" "identities": "telegram:123456789" belongs to "amira" already; keep it with one.',
        ),
    ],
)
def test_an_account_has_its_shape_its_workspace_and_one_owner(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    assert refusal(tmp_path, old, new) == sentence


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            'deputies = ["amira"]',
            'deputies = ["sam"]',
            'seat "manager" "deputies": "sam" is the holder; name somebody else, or leave it out.',
        ),
        (
            'deputies = ["amira"]',
            'deputies = ["amira", "amira"]',
            'seat "manager" "deputies": "amira" stands there twice; keep one.',
        ),
        (
            'agency = "council"\nrole = "manager"',
            'agency = "riverside"\nrole = "manager"',
            'seat "manager" "role": "riverside" has this seat already; keep one, with every deputy in it.',
        ),
    ],
)
def test_a_seat_stands_once_and_its_people_once(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert refusal(tmp_path, old, new) == sentence


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            'workspace = "riverside"',
            'workspace = "river"',
            'channel "shared" "workspace": "river" is not known here; did you mean "riverside"?',
        ),
        ('workspace = "riverside"\n', "", 'channel "shared" "workspace" is missing; add "workspace = …".'),
        (
            'platform = "telegram"\n',
            'platform = "telegram"\nworkspace = "riverside"\n',
            'channel "council-only" "workspace": "riverside" is not known here; use one of: telegram.',
        ),
        (
            'agencies = ["council"]',
            'agencies = ["board"]',
            'channel "council-only" "agencies": "board" is not known here; use one of: riverside, council.',
        ),
        (
            'agencies = ["council"]',
            "agencies = []",
            (
                'channel "council-only" "agencies" names nobody; list the agencies whose people '
                "are in this channel."
            ),
        ),
        (
            'platform = "telegram"\naddress = "-100123"',
            'platform = "slack"\nworkspace = "riverside"\naddress = "C0123"',
            'channel "council-only" "address": "C0123" is "shared" already; keep one of the two.',
        ),
        (
            'address = "C0123"',
            'address = "#escalations"',
            (
                'channel "shared" "address": "#escalations" is no id of Slack\'s; copy the Channel ID at the '
                "end of the channel's details."
            ),
        ),
    ],
)
def test_a_channel_is_one_place_for_known_agencies(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert refusal(tmp_path, old, new) == sentence


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            'kind = "council"',
            'kind = "counsel"',
            'agency "council" "kind": "counsel" is not known here; did you mean "council"?',
        ),
        (
            'platform = "telegram"',
            'platform = "signal"',
            'channel "council-only" "platform": "signal" is not known here; use one of: slack, telegram.',
        ),
        ("trust = 1", "trust = 3", 'channel "shared" "trust" must be a whole number from 0 to 2.'),
        ("tiers = [1, 2]", "tiers = [0]", 'channel "shared" "tiers" must be a whole number from 1 to 20.'),
        (
            "tiers = [1, 2]",
            "tiers = 1",
            'channel "shared" "tiers" must be a list of whole numbers, like tiers = [1].',
        ),
        (
            '{ mon = "08:00-18:00" }',
            '{ mon = "18:00-08:00" }',
            (
                'agency "riverside" "hours": "18:00-08:00" runs past midnight, or is no time at '
                'all; close by "24:00" and open the next day at "00:00".'
            ),
        ),
    ],
)
def test_values_outside_what_baton_knows_are_refused(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    assert refusal(tmp_path, old, new) == sentence

"""A form begun in the playground and not sent: `mine` leads back to it, as everywhere."""

from tests.playground.outsider import Outsider


def test_a_form_put_away_is_found_again_by_a_button(out: Outsider) -> None:
    form = out.say("amira", "/concern raise The flat is not safe")["reply"]["form"]
    out.submit("amira", form, {"danger": "no"})

    answer = out.say("amira", "/concern mine")
    told, listed = out.private("amira")[-2:]
    assert listed == answer["reply"]["message"]
    again = out.press("amira", told, "Go on")["reply"]["form"]
    assert (again["id"], again["part"]) == (form["id"], 2)


def test_thrown_away_it_is_gone(out: Outsider) -> None:
    form = out.say("amira", "/concern raise The flat is not safe")["reply"]["form"]
    out.say("amira", "/concern mine")

    thrown = out.press("amira", out.private("amira")[-2], "Throw it away")
    assert thrown["reply"]["message"]["title"] == "Thrown away"
    assert out.post("/api/submit", {"as": "amira", "form": form["id"], "answers": {}}, 404)

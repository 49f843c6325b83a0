"""What watches the playground, and what a browser is told: readiness, metrics, headers, files."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.playground.outsider import Outsider

PAGES = ("/", "/api/world", "/healthz", "/readyz", "/metrics", "/nothing-here", "/api/people/nobody/messages")


def test_the_process_is_up(still: Outsider) -> None:
    assert still.http.get("/healthz").status_code == 200


def test_a_fresh_playground_is_ready(still: Outsider) -> None:
    assert still.get("/readyz") == {"ready": True, "reasons": []}


def test_it_is_ready_after_the_situation_too(out: Outsider) -> None:
    out.post("/api/situation", {"name": "delayed"})

    assert out.get("/readyz")["ready"]


def test_the_metrics_can_be_read_by_prometheus(out: Outsider) -> None:
    out.opened("amira", "/concern raise", agency="council")

    families = list(text_string_to_metric_families(out.http.get("/metrics").text))

    values = {family.name: family.samples[0].value for family in families}
    assert values["baton_notices_sent"] == 8
    assert values["baton_notices_pending"] == values["baton_notices_dead"] == 0
    assert all(name.startswith("baton_") for name in values)


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_keeps_the_page_to_itself(still: Outsider, path: str) -> None:
    headers = still.http.get(path).headers

    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers.get_list("cache-control") == ["no-store"]


def test_a_refusal_keeps_the_page_to_itself_too(still: Outsider) -> None:
    assert "content-security-policy" in still.http.post("/api/say", content=b"{").headers


def test_the_page_and_all_it_names_are_served(still: Outsider) -> None:
    page = still.http.get("/")

    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    named = [
        part.split('"')[0]
        for start in ('src="', 'href="')
        for part in page.text.split(start)[1:]
        if not part.startswith("#")
    ]
    assert len(named) > 3
    for file in named:
        assert "://" not in file, "nothing may be loaded from elsewhere"
        assert still.http.get(f"/{file}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../world.py",
        "/%2e%2e/world.py",
        "/..%2fworld.py",
        "/static/../../world.py",
        "/%2e%2e%2f%2e%2e%2fsettings.py",
        "/....//world.py",
        "//etc/passwd",
        "/%00",
    ],
)
def test_nothing_beside_the_pages_files_is_served(still: Outsider, path: str) -> None:
    response = still.http.get(path)

    assert response.status_code == 404
    assert "import" not in response.text

import os

import pytest

os.environ.setdefault("TIER", "development")

from app import app  # noqa: E402: the application reads TIER when it is imported


@pytest.fixture
def client():
    return app.test_client()


def test_hello(client):
    assert client.get("/api/hello").text == "Hello, world!"


def test_whoami_names_the_tier(client):
    assert client.get("/api/whoami").json["tier"] == os.environ["TIER"]

"""What every answer carries."""

import json
import logging

import pytest
from django.core.cache import caches
from django.test import RequestFactory

from grapevine.config.caches import ForgivingRedis
from grapevine.config.checks import every_view_declares_its_policy
from grapevine.config.logs import Discreet
from grapevine.config.middleware import discreet_answers
from grapevine.config.urls import healthz

pytestmark = pytest.mark.django_db


def test_healthz(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_the_database_answers_with_one_query(rf, django_assert_num_queries):
    with django_assert_num_queries(1):
        healthz(rf.get("/healthz"))


def test_every_answer_is_guarded(client):
    headers = client.get("/healthz").headers
    policy = dict(directive.split(" ", 1) for directive in headers["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "manifest-src": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


def test_a_view_that_nobody_may_judge_does_not_start(monkeypatch):
    assert every_view_declares_its_policy() == []
    monkeypatch.delattr(healthz, "policy")
    (refused,) = every_view_declares_its_policy()
    assert refused.msg == "grapevine.config.urls.healthz declares no policy"


def test_no_cache_keeps_the_page_of_somebody_signed_in(settings):
    request = RequestFactory().get("/")
    assert "Cache-Control" not in discreet_answers(healthz)(request)
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "somebody"
    assert discreet_answers(healthz)(request)["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "door",
    [
        "signup/",
        "password/reset/",
        "password/change/",
        "email/",
        "social/signup/",
        "inactive/",
        "3rdparty/",
        "oidc/x/login/",
    ],
)
def test_doors_that_stay_shut(client, door):
    assert client.get(f"/accounts/{door}").status_code == 404


def test_logs_hold_no_words_of_people():
    try:
        raise ValueError("my secret worry")  # noqa: TRY301 - the formatter wants a real one
    except ValueError as worry:
        record = logging.LogRecord(
            "x", logging.ERROR, __file__, 1, "tick failed: %s", ("y",), (ValueError, worry, worry.__traceback__)
        )
    line = json.loads(Discreet().format(record))
    assert line["exception"] == "builtins.ValueError"
    assert line["message"] == "tick failed: y"
    assert "my secret worry" not in json.dumps(line)


def test_without_redis_the_cache_goes_on():
    cache = ForgivingRedis("redis://127.0.0.1:1/0", {})
    assert cache.add("limit", 1, 60)
    assert not cache.add("limit", 1, 60)
    assert cache.incr("limit") == 2
    assert caches["default"].get("limit") is None

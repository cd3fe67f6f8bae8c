"""Logs for operators: one JSON object a line, and never a word that people wrote.

A traceback is logged as places in the code. The message of an exception is left out, because it quotes what was
being worked on; so are local variables and request bodies.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any


class Discreet(logging.Formatter):
    """One line of JSON: when, how bad, who speaks, what; with an exception its kind and where it went."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1]:
            line |= _failure(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def settings_for(*, is_debug: bool, is_demo: bool) -> dict[str, Any]:
    """Django's LOGGING: discreet JSON on standard error; with debug, plain lines with everything."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"discreet": {"()": Discreet}, "plain": {"format": "%(levelname)s %(name)s: %(message)s"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain" if is_debug else "discreet"}},
        "root": {"handlers": ["stderr"], "level": "WARNING" if is_demo else "INFO"},
        "loggers": {
            # Django's own handlers would mail and print with details; ours is at the root
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # a 404 or 403 is somebody's path, not news
            "django.request": {"level": "ERROR"},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "uvicorn.access": {"level": "CRITICAL"},
            "django_tasks": {"level": "WARNING"},
            "psycopg.pool": {"level": "ERROR"},
        },
    }


def _failure(exception: BaseException) -> dict[str, Any]:
    places = traceback.extract_tb(exception.__traceback__)
    return {
        "exception": f"{type(exception).__module__}.{type(exception).__qualname__}",
        "at_code": [f"{place.filename}:{place.lineno} {place.name}" for place in places],
    }

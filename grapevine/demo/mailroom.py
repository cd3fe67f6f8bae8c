"""The demo's post: every mail lands in a folder of this machine instead of leaving it."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage as Parsed
from email.parser import BytesHeaderParser
from functools import cache
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import Http404

from grapevine.kernel import clock

STAMP = "%Y%m%dT%H%M%S%f"
NAME = re.compile(r"\d{8}T\d{12}-[0-9a-f]{8}")
LINK = re.compile(r"https?://\S+")


class MailRoomBackend(BaseEmailBackend):
    """Django's mail, kept as one .eml each."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep them; how many were kept."""
        for message in email_messages:
            _keep(message.message().as_bytes())
        return len(email_messages)


@dataclass(frozen=True)
class Mail:
    """One mail in the room."""

    name: str
    parsed: Parsed

    @property
    def at(self) -> datetime:
        """When it was sent."""
        return datetime.strptime(self.name.split("-")[0], STAMP).replace(tzinfo=UTC)

    @property
    def to(self) -> str:
        """To whom, by name where there is one."""
        return ", ".join(one.display_name or one.addr_spec for one in _people(self.parsed))

    @property
    def addresses(self) -> list[str]:
        """To whom, by address."""
        return [one.addr_spec for one in _people(self.parsed)]

    @property
    def subject(self) -> str:
        """Its subject."""
        return str(self.parsed["Subject"] or "")

    @property
    def text(self) -> str:
        """The plain part."""
        return self._part("plain")

    @property
    def html(self) -> str:
        """The other part; empty for a plain mail."""
        return self._part("html")

    @property
    def links(self) -> list[str]:
        """Where its links go, in order."""
        return list(dict.fromkeys(LINK.findall(self.text)))

    def _part(self, kind: str) -> str:
        part = self.parsed.get_body((kind,))
        return part.get_content() if part else ""


def names(to: str = "") -> list[str]:
    """Every mail, newest first; or only those to this address."""
    found = (file.stem for file in room().glob("*.eml") if not to or to in _addresses(file))
    return sorted(found, reverse=True)


def opened(name: str) -> Mail:
    """One mail, or 404."""
    file = room() / f"{name}.eml"
    if not NAME.fullmatch(name) or not file.exists():
        raise Http404
    return Mail(name, message_from_bytes(file.read_bytes(), policy=policy.default))


def all_opened(some: Sequence[str]) -> Iterator[Mail]:
    """These, in their order."""
    return (opened(name) for name in some)


def room() -> Path:
    """The folder."""
    return Path(settings.GRAPEVINE_DATA_DIR) / "mailroom"


@cache
def _addresses(file: Path) -> frozenset[str]:
    """To whom; of a mail that is kept nothing changes any more."""
    with file.open("rb") as mail:
        heads = BytesHeaderParser(policy=policy.default).parse(mail)
    return frozenset(one.addr_spec for one in _people(heads))


def _people(mail: Any) -> Sequence[Address]:
    return mail["To"].addresses if mail["To"] else ()


def _keep(mail: bytes) -> None:
    room().mkdir(parents=True, exist_ok=True)
    file = room() / f"{clock.now():{STAMP}}-{token_hex(4)}.eml"
    draft = file.with_suffix(".part")
    draft.write_bytes(mail)
    os.replace(draft, file)  # noqa: PTH105 - the one call that never shows half a mail

"""Every setting Grapevine has, read from the environment: one table, no surprises.

A wrong value refuses to start and says which and why. A setting marked secret may also come from a file:
`GRAPEVINE_MAIL_URL_FILE=/run/secrets/mail` instead of `GRAPEVINE_MAIL_URL=...`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}
LANGUAGES = {"en", "de"}
DATABASES = {"sqlite", "postgresql", "postgres"}
MAILS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
REDISES = {"redis", "rediss", "unix"}
LABEL = "[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?"
RELAY = re.compile(r"[a-z0-9.:\[\]_-]+(\?transport=(udp|tcp))?", re.IGNORECASE)
HOST = re.compile(rf"\*|\.?{LABEL}(?:\.{LABEL})*|\[[0-9a-f:.]+\]", re.IGNORECASE)


class WrongSettingError(ImproperlyConfigured):
    """A value that cannot be meant. The words name the variable and the reason, never a secret value."""


@dataclass(frozen=True)
class Setting:
    """One variable: its name, how its text is read, what holds without it, what it is for."""

    name: str
    read: Callable[[str], Any]
    default: str
    says: str
    secret: bool = False


@dataclass(frozen=True)
class Found:
    """A setting as it holds now, and where it came from: `environment`, a file, or `default`."""

    setting: Setting
    value: Any
    came_from: str


def all_found(environ: Mapping[str, str]) -> dict[str, Found]:
    """Every setting by name. Raises WrongSettingError at the first that cannot be meant."""
    _refuse_unknown(environ)
    return {setting.name: _found(setting, environ) for setting in SETTINGS}


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    """A misspelt variable would be a setting that silently does not hold."""
    known = {s.name for s in SETTINGS} | {f"{s.name}_FILE" for s in SETTINGS if s.secret}
    for name in environ:
        if name.startswith("GRAPEVINE_") and name not in known:
            raise WrongSettingError(f"{name}: there is no such setting. docs/settings.md lists all there are.")


def _found(setting: Setting, environ: Mapping[str, str]) -> Found:
    text, came_from = _text(setting, environ)
    try:
        return Found(setting, setting.read(text), came_from)
    except ValueError as reason:
        shown = "" if setting.secret else f" (it says {text!r})"
        raise WrongSettingError(f"{setting.name}: {reason}{shown}") from None


def _text(setting: Setting, environ: Mapping[str, str]) -> tuple[str, str]:
    name, file = setting.name, environ.get(f"{setting.name}_FILE", "") if setting.secret else ""
    if file and environ.get(name):
        raise WrongSettingError(f"{name}: set either {name} or {name}_FILE, not both")
    if file:
        return _content(name, Path(file)), f"file {file}"
    return (environ[name].strip(), "environment") if environ.get(name) else (setting.default, "default")


def _content(name: str, file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as reason:
        raise WrongSettingError(f"{name}_FILE: {file} cannot be read: {type(reason).__name__}") from None


def yes_or_no(text: str) -> bool:
    """`1`, `true`, `yes`, `on` or their opposites."""
    if text.lower() not in YES | NO:
        raise ValueError("say 1 or 0, yes or no, true or false, on or off")
    return text.lower() in YES


def words(text: str) -> list[str]:
    """A list, parted by commas."""
    return [word.strip() for word in text.split(",") if word.strip()]


def hosts(text: str) -> list[str]:
    """Host names or addresses, parted by commas; `.example.org` means all below it, too."""
    named = words(text)
    for name in named:
        if not HOST.fullmatch(name):
            raise ValueError(
                f"{name} is not a host name; say names like grapevine.example.org, without http:// or port"
            )
    return named


def path(text: str) -> Path | None:
    """An absolute path, `~` allowed; None when empty."""
    return Path(text).expanduser().absolute() if text else None


def zone(text: str) -> str:
    """An IANA time zone."""
    try:
        return ZoneInfo(text).key
    except (OSError, ValueError, LookupError):
        raise ValueError("say a time zone like Europe/Berlin") from None


def language(text: str) -> str:
    """A language Grapevine speaks."""
    if text not in LANGUAGES:
        raise ValueError(f"Grapevine speaks {' and '.join(sorted(LANGUAGES))}")
    return text


def base_url(text: str) -> str:
    """Where people reach this Grapevine: scheme and host, nothing after."""
    parts = _parts(text, {"http", "https"}, "say the whole address, like https://grapevine.example.org")
    if not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("say scheme and host only, like https://grapevine.example.org")
    return f"{parts.scheme}://{parts.netloc}"


def database(text: str) -> SplitResult:
    """`sqlite:///relative.sqlite3`, `sqlite:////absolute.sqlite3` or `postgresql://name:password@host:5432/database`."""
    parts = _parts(text, DATABASES, "say sqlite:///path or postgresql://name:password@host/database")
    if not unquote(parts.path)[1:]:
        raise ValueError("the name of the database is missing after the last /")
    return parts


def mail(text: str) -> SplitResult | None:
    """`smtp://`, `smtp+tls://` (STARTTLS) or `smtps://name:password@host:port`; None when empty."""
    if not text:
        return None
    parts = _parts(text, set(MAILS), "say smtp://, smtp+tls:// or smtps://name:password@host:port")
    if not parts.hostname:
        raise ValueError("the host is missing")
    return parts


def mail_server(url: SplitResult) -> tuple[str, int, str, str, bool, bool]:
    """What Django asks of a mail server: host, port, name, password, STARTTLS, TLS from the start."""
    name, password = unquote(url.username or ""), unquote(url.password or "")
    return (
        url.hostname or "",
        url.port or MAILS[url.scheme],
        name,
        password,
        url.scheme == "smtp+tls",
        url.scheme == "smtps",
    )


def sender(text: str) -> str:
    """A name and an address, or an address."""
    if not parseaddr(text)[1].count("@") == 1:
        raise ValueError("say an address, like Grapevine <grapevine@example.org>")
    return text


def redis(text: str) -> str:
    """`redis://host:6379/0`; empty for none."""
    if text:
        _parts(text, REDISES, "say redis://host:6379/0")
    return text


def stuns(text: str) -> list[str]:
    """Servers that tell a browser its own address, parted by commas."""
    return _relays(text, {"stun", "stuns"}, "stun:host:3478")


def turns(text: str) -> list[str]:
    """Servers that carry a call where no direct way leads, parted by commas."""
    return _relays(text, {"turn", "turns"}, "turn:host:3478?transport=udp")


def long_enough(text: str) -> str:
    """A secret that cannot be guessed; empty lets Grapevine make one."""
    if text and len(text) < SECRET_LENGTH:
        raise ValueError(f"at least {SECRET_LENGTH} characters, or leave it out and one is made")
    return text


def _relays(text: str, schemes: set[str], like: str) -> list[str]:
    named = words(text)
    for address in named:
        scheme, _, host = address.partition(":")
        if scheme not in schemes or not RELAY.fullmatch(host):
            raise ValueError(f"{address} cannot be meant; say addresses like {like}")
    return named


def _parts(text: str, schemes: set[str], otherwise: str) -> SplitResult:
    parts = urlsplit(text)
    if parts.scheme not in schemes:
        raise ValueError(otherwise)
    _insist_on_port(parts)
    return parts


def _insist_on_port(parts: SplitResult) -> None:
    """In our words: Python's would quote what stands there, which may be half a password."""
    try:
        _ = parts.port
    except ValueError:
        raise ValueError("the port is not a number (write : and / inside a password as %3A and %2F)") from None


SECRET_LENGTH = 32
SETTINGS = (
    Setting(
        "DATABASE_URL",
        lambda text: database(text) if text else None,
        "",
        "Where the rows live. Without it: SQLite in the data directory. `postgresql://name:password@host:5432/database` for more than one process.",
        secret=True,
    ),
    Setting(
        "GRAPEVINE_DATA_DIR",
        path,
        "var",
        "The directory for the SQLite file, generated secrets and collected static files.",
    ),
    Setting(
        "GRAPEVINE_SECRET_KEY",
        long_enough,
        "",
        "Signs sessions and links. Without it: made on the first start and kept in the data directory (`secret.key`, readable by its owner only).",
        secret=True,
    ),
    Setting(
        "GRAPEVINE_KEY_FILE",
        path,
        "",
        "The key file that opens the vaults. Without it: `keys/vaults.key` in the data directory. Keep it outside the database and its backups; `grapevine doctor` says how.",
    ),
    Setting(
        "GRAPEVINE_BASE_URL",
        base_url,
        "http://127.0.0.1:8000",
        "The address people use; links in mails begin with it. With https, cookies travel over https only.",
    ),
    Setting(
        "GRAPEVINE_HOSTS",
        hosts,
        "",
        "Further host names the server answers to, parted by commas. The host of the base URL and localhost are always in.",
    ),
    Setting(
        "GRAPEVINE_MAIL_URL",
        mail,
        "",
        "The mail server: `smtp://`, `smtp+tls://` (STARTTLS) or `smtps://name:password@host:port`. Without it, mails go to the mail room page (demo), to the terminal (debug) or nowhere, and nobody can sign in.",
        secret=True,
    ),
    Setting("GRAPEVINE_MAIL_FROM", sender, "Grapevine <grapevine@localhost>", "The sender of mails."),
    Setting(
        "GRAPEVINE_REDIS_URL",
        redis,
        "",
        "Redis for live pages and limits across several processes: `redis://host:6379/0`. One process needs none.",
        secret=True,
    ),
    Setting(
        "GRAPEVINE_STUN_URLS",
        stuns,
        "",
        "For calls between networks: servers that tell a browser its own address, like `stun:turn.example.org:3478`, parted by commas. Without them a call finds only direct ways.",
    ),
    Setting(
        "GRAPEVINE_TURN_URLS",
        turns,
        "",
        "For calls where no direct way leads, and for circles whose members must not learn each other's network address: servers that pass on what they cannot read, like `turns:turn.example.org:5349?transport=tcp`, parted by commas.",
    ),
    Setting(
        "GRAPEVINE_TURN_SECRET",
        str,
        "",
        "The secret shared with those servers (coturn: `use-auth-secret`, `static-auth-secret`). Grapevine makes passwords from it that end with the day.",
        secret=True,
    ),
    Setting("GRAPEVINE_LANGUAGE", language, "en", "The language for people who chose none: `en` or `de`."),
    Setting("GRAPEVINE_TIME_ZONE", zone, "Europe/Berlin", "The time zone for people who have none."),
    Setting(
        "GRAPEVINE_DEMO",
        yes_or_no,
        "0",
        "The demo: personas to step into, the mail room, the demo world. Never with real people.",
    ),
    Setting("GRAPEVINE_TICKER", yes_or_no, "1", "In the demo: colleagues answer while one watches."),
    Setting("GRAPEVINE_DEBUG", yes_or_no, "0", "For developers: error pages with details. Never with real people."),
    Setting("GRAPEVINE_CLOCK_FILE", path, "", "Tests only: a file with the seconds by which the clock is ahead."),
)

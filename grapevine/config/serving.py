"""`serve`, `worker` and `demo`: processes that run until they are told to stop."""

import argparse
import errno
import gc
import logging
import os
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from io import StringIO
from pathlib import Path

import django
import uvicorn
from django.core.management import call_command

from grapevine.config import databases
from grapevine.config.cli import PORTS

log = logging.getLogger(__name__)

LAST_WORDS_SECONDS = 5
PAUSE_SECONDS = 5
GARBAGE = (10_000, 50, 100)
DEMO_DIR = Path("var/demo")
PORTS_TRIED = 50


def serve(options: argparse.Namespace) -> None:
    """Answer browsers; with `--worker`, do the background work in the same process."""
    insist_on_place(options.host, options.port)
    django.setup()
    prepare()
    databases.keep_connections()
    with working() if options.worker else nullcontext():
        listen(options.host, options.port)


def worker(options: argparse.Namespace) -> None:
    """Do the background work until Ctrl-C or SIGTERM."""
    django.setup()
    stop = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stop.set())
    work(stop)


def demo(options: argparse.Namespace) -> None:
    """A world of three organisations on this machine; nothing in it leaves."""
    port = free_port(options.port)
    choose_demo_settings(port, fresh=options.fresh)
    django.setup()
    prepare()
    load_world()
    introduce(f"http://127.0.0.1:{port}")
    with working():
        listen("127.0.0.1", port, then=None if options.no_open else open_browser(port))


def choose_demo_settings(port: int, *, fresh: bool) -> None:
    """The demo has a directory, a database and a key of its own, whatever else the environment says."""
    place = Path(os.environ.get("GRAPEVINE_DATA_DIR", DEMO_DIR)).absolute()
    os.environ |= {
        "GRAPEVINE_DEMO": "1",
        "GRAPEVINE_DATA_DIR": str(place),
        "DATABASE_URL": f"sqlite:///{place / 'demo.sqlite3'}",
    }
    os.environ.pop("GRAPEVINE_KEY_FILE", None)
    os.environ.setdefault("GRAPEVINE_BASE_URL", f"http://127.0.0.1:{port}")
    if fresh:
        forget(place)


def forget(place: Path) -> None:
    """Remove the demo's own rows, mails and moved clock; the directory may hold other things."""
    for file in [*place.glob("demo.sqlite3*"), *place.glob("clock"), *place.glob("mailroom/*.eml")]:
        file.unlink()


def prepare() -> None:
    """All that must be true before the first page: settings sound, rows in shape, key file there, static files collected."""
    from grapevine.config import caring, statics  # noqa: PLC0415 - needs the settings
    from grapevine.vaults.keys import ensure_key_file  # noqa: PLC0415 - the same

    call_command("check", stdout=StringIO())  # warnings go to standard error, errors end it here
    # this thread's connection stays open on purpose: SQLite then need not fold its log away after every request
    caring.bring_up_to_date()
    ensure_key_file()
    statics.collect_if_changed()


def load_world() -> None:
    """Fill an empty demo."""
    from grapevine.demo import world  # noqa: PLC0415 - needs the apps
    from grapevine.people.models import Organisation  # noqa: PLC0415

    if not Organisation.objects.exists():
        say("Building the demo world ...")
        world.load()


def introduce(address: str) -> None:
    """Where it is and who one can be."""
    from grapevine.demo.personas import PERSONAS  # noqa: PLC0415 - needs the apps

    say(f"\n  Grapevine is at {address}  (Ctrl-C stops it)\n\n  Step in as one of them:")
    for persona in PERSONAS:
        say(f"    {persona}")
    say("")


@contextmanager
def working() -> Iterator[None]:
    """The background work in a thread, told to stop and waited for at the end."""
    stop = threading.Event()
    thread = threading.Thread(target=work, args=(stop,), name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(LAST_WORDS_SECONDS)


def work(stop: threading.Event) -> None:
    """Until told to stop, whatever happens: a database that went away comes back, and the work with it."""
    from grapevine.kernel.jobs import run_worker  # noqa: PLC0415 - needs the apps

    while not stop.is_set():
        try:
            run_worker(stop)
        except Exception:
            log.exception("the worker stumbled and begins again")
            stop.wait(PAUSE_SECONDS)


def listen(host: str, port: int, then: Callable[[], None] | None = None) -> None:
    """Serve until Ctrl-C or SIGTERM; `then` is called once the port answers."""
    gc.freeze()  # what is there by now stays: looking through it for garbage again and again is a tenth of each page
    gc.set_threshold(*GARBAGE)
    server = uvicorn.Server(
        uvicorn.Config(
            "grapevine.config.asgi:application",
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            ws_per_message_deflate=False,  # a hint is twelve letters long
            timeout_graceful_shutdown=LAST_WORDS_SECONDS,
        )
    )
    # uvicorn raises SIGTERM again when it is done; leaving by an exception lets the worker end, too
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if then:
        threading.Thread(target=then, daemon=True).start()
    server.run()
    if not server.started:
        sys.exit(1)


def insist_on_place(host: str, port: int) -> None:
    """Looked at before anything is prepared; the web server would tell it in a line of its log."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as reason:
        if reason.errno == errno.EADDRINUSE:
            sys.exit(f"grapevine: something listens on port {port} of {host} already. Stop it, or take another --port.")
        why = (reason.strerror or "").partition(" (")[0]
        sys.exit(f"grapevine: cannot listen on port {port} of {host}: {why}.")


def free_port(wanted: int) -> int:
    """The wanted port, or the next one that nobody listens on."""
    last = min(wanted + PORTS_TRIED, PORTS[-1])
    for port in range(wanted, last + 1):
        if is_free(port):
            return port
    sys.exit(f"grapevine: no free port between {wanted} and {last}")


def is_free(port: int) -> bool:
    """Whether this process may listen there."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return trial.connect_ex(("127.0.0.1", port)) != 0


def open_browser(port: int) -> Callable[[], None]:
    """Opens a browser as soon as the port answers; without a browser nothing happens."""

    def open_when_it_answers() -> None:
        while is_free(port):
            threading.Event().wait(0.1)
        webbrowser.open(f"http://127.0.0.1:{port}/")

    return open_when_it_answers


def say(words: str) -> None:
    """To the person at the terminal."""
    print(words, flush=True)

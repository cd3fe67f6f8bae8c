"""The process as an operator meets it."""

import os
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from grapevine.config import doctor, secret, serving
from grapevine.config.cli import main, parser


def test_every_command_can_be_imported():
    for words in (["serve"], ["worker"], ["demo"], ["migrate"], ["doctor"], ["django", "check"]):
        assert parser().parse_args(words).runs


def test_a_wrong_value_refuses_to_start_in_one_line():
    environ = {"PATH": os.environ["PATH"], "GRAPEVINE_TIME_ZONE": "Berlin"}
    run = subprocess.run(
        [sys.executable, "-m", "grapevine.config.cli", "doctor"],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert run.stderr == "grapevine: GRAPEVINE_TIME_ZONE: say a time zone like Europe/Berlin (it says 'Berlin')\n"


def test_the_secret_is_made_once_for_its_owner_only(tmp_path):
    file = tmp_path / "deep" / "secret.key"
    with ThreadPoolExecutor(4) as racers:
        made = set(racers.map(lambda _: secret.kept_in(file), range(8)))
    assert len(made) == 1
    assert len(made.pop()) >= 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [*file.parent.iterdir()] == [file]


@pytest.mark.django_db
def test_the_doctor_looks_at_everything_and_hides_secrets(capsys, monkeypatch):
    monkeypatch.setenv("GRAPEVINE_MAIL_URL", "smtp://post:hush@localhost")
    main(["doctor"])
    said = capsys.readouterr().out
    for seen in (
        "Python 3.",
        "every migration is applied",
        "key file",
        "free at",
        "the clock says",
        "GRAPEVINE_MAIL_URL = (hidden)",
    ):
        assert seen in said
    assert "hush" not in said


def test_the_doctor_says_the_way_out(settings, tmp_path, capsys):
    settings.GRAPEVINE_KEY_FILE = tmp_path / "vaults.key"
    settings.GRAPEVINE_KEY_FILE.write_text("{}")
    settings.GRAPEVINE_KEY_FILE.chmod(0o644)
    assert doctor.fail("others may read the key file", f"chmod 600 {settings.GRAPEVINE_KEY_FILE}") in [
        *doctor.key_file()
    ]


def test_a_mail_server_that_is_not_there_fails(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    (found,) = doctor.mail_server()
    assert (found.state, found.way_out) == ("fail", "look at GRAPEVINE_MAIL_URL")


def test_the_worker_goes_on_after_a_stumble(monkeypatch):
    runs = []

    def run_worker(stop):
        runs.append(stop)
        if len(runs) == 1:
            raise RuntimeError
        stop.set()

    monkeypatch.setattr("grapevine.kernel.jobs.run_worker", run_worker)
    monkeypatch.setattr(serving, "PAUSE_SECONDS", 0)
    serving.work(threading.Event())
    assert len(runs) == 2


def test_a_taken_port_is_passed_by():
    import socket  # noqa: PLC0415 - only here

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not serving.is_free(port)
        assert serving.free_port(port) > port


def test_a_fresh_demo_forgets_its_rows_mails_and_moved_clock_and_nothing_else(tmp_path):
    mails = tmp_path / "mailroom"
    mails.mkdir()
    for name in ("demo.sqlite3", "demo.sqlite3-wal", "clock", "secret.key", "mailroom/20260302T081500000000-0a0a0a0a.eml"):
        (tmp_path / name).touch()
    serving.forget(tmp_path)
    assert sorted(left.name for left in tmp_path.iterdir()) == ["mailroom", "secret.key"]
    assert list(mails.iterdir()) == []

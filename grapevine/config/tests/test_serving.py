"""The process as an operator meets it."""

import os
import socket
import sqlite3
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from grapevine.config import doctor, secret, serving
from grapevine.config.cli import main, parser
from grapevine.vaults import keys
from grapevine.vaults.actions import open_vault
from tests.databases import migrated_sqlite


def test_every_command_can_be_imported():
    for words in (["serve"], ["worker"], ["demo"], ["migrate"], ["doctor"], ["new-key"], ["django", "check"]):
        assert parser().parse_args(words).runs


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "an organisation needs a name; this one is empty"),
        (" \t ", "an organisation needs a name; this one is empty"),
        ("x" * 121, "the name has 121 characters; up to 120 fit"),
    ],
)
def test_people_come_into_an_organisation_that_has_a_name(capsys, name, said):
    with pytest.raises(SystemExit) as refused:
        main(["import", "people", "people.csv", "--organisation", name])
    assert (refused.value.code, said in capsys.readouterr().err) == (2, True)


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


@pytest.mark.django_db
def test_the_doctor_misses_the_key_file_where_vaults_need_it(settings, tmp_path):
    settings.GRAPEVINE_KEY_FILE = tmp_path / "vaults.key"
    assert [found.state for found in [*doctor.key_file(), *doctor.vault_keys()]] == ["warn"]  # a first start
    open_vault(kind="talk", seats=[])
    settings.GRAPEVINE_KEY_FILE = tmp_path / "mistyped.key"
    (found,) = [*doctor.key_file(), *doctor.vault_keys()]
    assert (found.state, found.seen.split(", ")[1]) == ("fail", "and there are vaults that need one")
    assert found.way_out.startswith("nothing is lost: put the file back or say in GRAPEVINE_KEY_FILE where it is")


@pytest.mark.django_db
def test_the_doctor_tries_the_key_file_on_the_vaults(settings, tmp_path):
    settings.GRAPEVINE_KEY_FILE = tmp_path / "vaults.key"
    open_vault(kind="talk", seats=[])
    assert [*doctor.vault_keys()] == [doctor.ok("it opens every vault")]
    settings.GRAPEVINE_KEY_FILE = tmp_path / "another.key"
    keys.make_key_file()
    assert [*doctor.vault_keys()] == [doctor.fail("the key file does not open 1 of the vaults", doctor.JOIN)]
    settings.GRAPEVINE_KEY_FILE = tmp_path / "broken.key"
    settings.GRAPEVINE_KEY_FILE.write_text("not json")
    (found,) = doctor.vault_keys()
    assert (found.state, "cannot be read" in found.seen) == ("fail", True)


def test_a_start_without_the_key_file_of_its_vaults_says_so_in_one_line_and_makes_none(tmp_path):
    """Somebody mistyped the place of the key file."""
    rows = migrated_sqlite(tmp_path / "rows.sqlite3")
    with closing(sqlite3.connect(rows)) as file, file:
        file.execute("INSERT INTO vaults_vault VALUES ('0a', 'talk', x'00', 'first', 1, '2026-03-10', NULL)")
    port = str(serving.free_port(20_000))
    run = grapevine(
        "serve",
        tmp_path,
        "--port",
        port,
        DATABASE_URL=f"sqlite:///{rows}",
        GRAPEVINE_KEY_FILE=f"{tmp_path}/mistyped.key",
    )
    said = (
        f"grapevine: there is no key file at {tmp_path}/mistyped.key, and there are vaults that need one. "
        "Nothing is lost: put the file back or say in GRAPEVINE_KEY_FILE where it is, and start again. "
        "Only when it is gone for good, and the words with it: grapevine new-key."
    )
    assert (run.returncode, run.stderr.splitlines()[-1]) == (2, said)
    assert not (tmp_path / "mistyped.key").exists()


def test_before_the_first_start_the_doctor_misses_nothing(tmp_path):
    said = grapevine("doctor", tmp_path).stdout
    assert f"warn  no key file yet at {tmp_path}/keys/vaults.key" in said
    assert "does not answer" not in said


def grapevine(command, place, *words, **environ):
    """The command line, in a process of its own."""
    words = [sys.executable, "-m", "grapevine.config.cli", command, *words]
    environ = {"PATH": os.environ["PATH"], "GRAPEVINE_DATA_DIR": str(place)} | environ
    return subprocess.run(words, env=environ, capture_output=True, text=True, check=False)


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
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not serving.is_free(port)
        assert serving.free_port(port) > port


def test_serve_on_a_taken_port_says_so_in_one_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = grapevine("serve", tmp_path, "--port", str(port))
    said = f"grapevine: something listens on port {port} of 127.0.0.1 already. Stop it, or take another --port.\n"
    assert (run.returncode, run.stdout, run.stderr) == (1, "", said)


def test_serve_where_this_machine_is_not(tmp_path):
    run = grapevine("serve", tmp_path, "--host", "192.0.2.7")
    said = "grapevine: cannot listen on port 8000 of 192.0.2.7: Cannot assign requested address.\n"
    assert (run.returncode, run.stderr) == (1, said)


@pytest.mark.parametrize("command", ["serve", "demo"])
@pytest.mark.parametrize("port", ["99999", "0", "-1", "many"])
def test_a_port_that_there_is_not(capsys, command, port):
    with pytest.raises(SystemExit) as refused:
        main([command, f"--port={port}"])
    said = f"{port} is not a port; say a number from 1 to 65535"
    assert (refused.value.code, said in capsys.readouterr().err) == (2, True)


def test_a_fresh_demo_forgets_its_rows_mails_and_moved_clock_and_nothing_else(tmp_path):
    mails = tmp_path / "mailroom"
    mails.mkdir()
    for name in (
        "demo.sqlite3",
        "demo.sqlite3-wal",
        "clock",
        "secret.key",
        "mailroom/20260302T081500000000-0a0a0a0a.eml",
    ):
        (tmp_path / name).touch()
    serving.forget(tmp_path)
    assert sorted(left.name for left in tmp_path.iterdir()) == ["mailroom", "secret.key"]
    assert list(mails.iterdir()) == []

"""What is sealed opens for those with a seat and for nobody else."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from grapevine.vaults import actions, files, keys, queries
from grapevine.vaults.models import SealedText, Vault

WORDS = "Nobody but us two. Grüße 🙂 and a long tail of words"


@pytest.fixture
def talk(world):
    return actions.open_vault(kind="talk", seats=[(world.mira, "asker"), (world.sanne, "helper")])


@pytest.fixture
def text(world, talk):
    return actions.write(by=world.mira, vault=talk, kind="idea", words=WORDS)


def test_both_seats_read_and_nobody_else(world, text):
    everybody = {name: queries.read(person, text) for name, person in vars(world).items() if hasattr(person, "account")}
    assert {name for name, words in everybody.items() if words} == {"mira", "sanne"}
    assert everybody["sanne"] == WORDS


def test_without_a_seat_nothing_is_written(world, talk):
    with pytest.raises(PermissionDenied):
        actions.write(by=world.jonas, vault=talk, kind="idea", words="me too")
    assert SealedText.objects.count() == 0


def test_the_database_holds_no_word_of_it(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM vaults_sealedtext")
        row = b"|".join(bytes(v) if isinstance(v, (bytes, memoryview)) else str(v).encode() for v in cursor.fetchone())
    assert b"Nobody" not in row
    assert len(bytes(text.blob)) == 256 + 16  # padded, and the tag


def test_a_row_moved_to_another_author_or_vault_does_not_open(world, talk, text):
    for change in ({"author": world.sanne}, {"kind": "answer"}, {"epoch": 2}):
        row = SealedText.objects.get(pk=text.pk)
        for name, value in change.items():
            setattr(row, name, value)
        with pytest.raises(keys.NotAuthenticError):
            queries.read(world.mira, row)


def test_a_flipped_byte_is_noticed_and_others_still_open(world, talk, text):
    other = actions.write(by=world.sanne, vault=talk, kind="idea", words="fine")
    broken = bytearray(text.blob)
    broken[5] ^= 1
    SealedText.objects.filter(pk=text.pk).update(blob=bytes(broken))
    with pytest.raises(keys.NotAuthenticError):
        queries.read(world.mira, SealedText.objects.get(pk=text.pk))
    assert queries.read(world.mira, other) == "fine"


def test_whoever_leaves_reads_no_more_and_whoever_comes_reads(world, talk, text):
    actions.leave(vault=talk, person=world.sanne)
    actions.admit(vault=talk, person=world.kari, role="helper")
    assert (queries.read(world.sanne, text), queries.read(world.kari, text)) == ("", WORDS)


def test_shredding_leaves_nothing_to_open(world, talk, text):
    actions.shred(vault=talk)
    gone = Vault.objects.get(pk=talk.pk)
    assert (gone.wrapped_key, SealedText.objects.count(), queries.read(world.mira, text)) == (None, 0, "")


def test_those_with_a_seat_share_a_key_for_each_purpose(world, talk):
    shared = queries.key_for(world.mira, talk, "call 5")
    assert queries.key_for(world.sanne, Vault.objects.get(pk=talk.pk), "call 5") == shared
    others = [queries.key_for(world.mira, talk, "call 6"), queries.key_of(talk)]
    assert len({shared, *others}) == 3
    actions.leave(vault=talk, person=world.sanne)
    for outside in (world.sanne, world.jonas, world.eva):
        with pytest.raises(PermissionDenied):
            queries.key_for(outside, talk, "call 5")


def test_only_the_author_rewrites(world, text):
    actions.rewrite(by=world.mira, text=text, words="better")
    with pytest.raises(PermissionDenied):
        actions.rewrite(by=world.sanne, text=text, words="mine now")
    assert queries.read(world.sanne, SealedText.objects.get(pk=text.pk)) == "better"


def test_an_alias_hides_name_and_face_from_the_other_only(world):
    vault = actions.open_vault(kind="talk", seats=[(world.sanne, "helper")])
    actions.admit(vault=vault, person=world.mira, role="asker", alias="a blue heron")
    seen = queries.voices(world.sanne, vault)[world.mira.pk]
    own = queries.voices(world.mira, vault)[world.mira.pk]
    assert (seen.name, seen.person, own.name) == ("a blue heron", None, "Mira Lindqvist")
    assert queries.is_masked(world.mira, vault)


def test_reading_many_texts_takes_two_queries(world, talk, django_assert_num_queries):
    texts = [actions.write(by=world.mira, vault=talk, kind="idea", words=str(n)) for n in range(5)]
    with django_assert_num_queries(1):
        opened = queries.read_all(world.sanne, texts)
    assert [opened[t.pk] for t in texts] == ["0", "1", "2", "3", "4"]


def test_the_key_file_is_made_once_and_for_its_owner_only(db, settings, tmp_path):
    settings.GRAPEVINE_KEY_FILE = str(tmp_path / "deep" / "keys.json")
    path = keys.ensure_key_file()
    before = path.read_text()
    assert keys.ensure_key_file().read_text() == before
    assert (oct(path.stat().st_mode)[-3:], len(json.loads(before)["keys"])) == ("600", 1)


def test_of_many_first_starts_every_one_reads_the_same_whole_file(tmp_path):
    file = tmp_path / "deep" / "vaults.key"

    def start(number):
        files.keep(file, f"key {number} " * 1_000)
        return file.read_text()

    with ThreadPoolExecutor(8) as racers:
        read = set(racers.map(start, range(40)))
    assert (len(read), len(read.pop().split()), [*file.parent.iterdir()]) == (1, 2_000, [file])


def test_a_secret_is_on_the_disk_before_it_has_its_name(tmp_path, monkeypatch):
    done = []
    link = os.link
    monkeypatch.setattr(os, "fsync", lambda _: done.append("on the disk"))
    monkeypatch.setattr(os, "link", lambda *names: (done.append("named"), link(*names)))
    files.keep(tmp_path / "vaults.key", "a secret")
    assert done == ["on the disk", "named", "on the disk"]  # last the directory, which holds the name


def test_a_key_file_that_is_not_where_it_was_is_never_replaced(world, talk, text, settings, tmp_path):
    right, mistyped = settings.GRAPEVINE_KEY_FILE, tmp_path / "vault.key"
    settings.GRAPEVINE_KEY_FILE = mistyped
    for act in (
        keys.ensure_key_file,
        lambda: actions.write(by=world.mira, vault=talk, kind="idea", words="more"),
        lambda: actions.open_vault(kind="talk", seats=[(world.mira, "asker")]),
    ):
        with pytest.raises(keys.KeyFileError, match=r"need one\. Nothing is lost: put the file back"):
            act()
    assert not mistyped.exists()
    settings.GRAPEVINE_KEY_FILE = right
    assert (queries.read(world.sanne, text), keys.not_opened()) == (WORDS, 0)


def test_a_file_that_is_gone_for_good_may_be_begun_anew_and_nothing_pretends_to_open(
    world, talk, text, settings, tmp_path
):
    settings.GRAPEVINE_KEY_FILE = tmp_path / "anew.key"
    keys.make_key_file()
    new = actions.open_vault(kind="talk", seats=[(world.mira, "asker")])
    assert keys.not_opened() == 1
    actions.shred(vault=talk)
    assert (keys.not_opened(), new.key_name in settings.GRAPEVINE_KEY_FILE.read_text()) == (0, True)


def test_another_key_file_is_named_as_the_trouble(world, text, settings, tmp_path):
    settings.GRAPEVINE_KEY_FILE = str(tmp_path / "other.json")
    keys.make_key_file()
    with pytest.raises(keys.KeyFileError, match="restore the key file"):
        queries.read(world.mira, text)


def test_an_unreadable_key_file_says_so(settings, tmp_path):
    broken = Path(tmp_path, "broken.json")
    broken.write_text("not json")
    settings.GRAPEVINE_KEY_FILE = str(broken)
    with pytest.raises(keys.KeyFileError, match="cannot be read"):
        keys.new_vault_key()

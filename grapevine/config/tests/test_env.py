import pytest

from grapevine.config import databases, env

RIGHT = {
    "DATABASE_URL": "postgresql://grape:v%40ne@db.example.org:5433/vines?sslmode=require",
    "GRAPEVINE_BASE_URL": "https://grapevine.example.org/",
    "GRAPEVINE_HOSTS": "one.example.org, two.example.org",
    "GRAPEVINE_MAIL_URL": "smtp+tls://post:s%2Fcret@mail.example.org",
    "GRAPEVINE_DEMO": "yes",
}


def values(environ):
    return {name: found.value for name, found in env.all_found(environ).items()}


def test_without_anything_every_setting_has_a_value_that_can_be_meant():
    assert {found.came_from for found in env.all_found({}).values()} == {"default"}


def test_what_is_right_is_read():
    read = values(RIGHT)
    assert read["GRAPEVINE_BASE_URL"] == "https://grapevine.example.org"
    assert read["GRAPEVINE_HOSTS"] == ["one.example.org", "two.example.org"]
    assert read["GRAPEVINE_DEMO"] is True
    assert env.mail_server(read["GRAPEVINE_MAIL_URL"]) == ("mail.example.org", 587, "post", "s/cret", True, False)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("DATABASE_URL", "mysql://root@localhost/x", "say sqlite:///path or postgresql://"),
        ("DATABASE_URL", "postgresql://root@localhost", "the name of the database is missing"),
        ("DATABASE_URL", "postgresql://root@localhost:many/x", "the port is not a number"),
        ("GRAPEVINE_BASE_URL", "grapevine.example.org", "the whole address"),
        ("GRAPEVINE_BASE_URL", "https://example.org/grapevine", "scheme and host only"),
        ("GRAPEVINE_HOSTS", "http://x/", "http://x/ is not a host name"),
        ("GRAPEVINE_HOSTS", "one.example.org, a b", "a b is not a host name"),
        ("GRAPEVINE_HOSTS", "a,c;d", "c;d is not a host name"),
        ("GRAPEVINE_HOSTS", "one.example.org:8000", "without http:// or port"),
        ("GRAPEVINE_SECRET_KEY", "short", "at least 32 characters"),
        ("GRAPEVINE_MAIL_URL", "mail.example.org", "say smtp://"),
        ("GRAPEVINE_MAIL_FROM", "nobody", "say an address"),
        ("GRAPEVINE_REDIS_URL", "localhost:6379", "say redis://"),
        ("GRAPEVINE_STUN_URLS", "stun:a.example.org, b.example.org", "b.example.org cannot be meant"),
        ("GRAPEVINE_TURN_URLS", "https://turn.example.org", "say addresses like turn:"),
        ("GRAPEVINE_LANGUAGE", "fr", "Grapevine speaks de and en"),
        ("GRAPEVINE_TIME_ZONE", "Berlin", "like Europe/Berlin"),
        ("GRAPEVINE_DEMO", "maybe", "say 1 or 0"),
        ("GRAPEVINE_DEOM", "1", "there is no such setting"),
    ],
)
def test_what_cannot_be_meant_refuses_and_says_why(name, value, reason):
    with pytest.raises(env.WrongSettingError, match=f"^{name}: .*{reason}"):
        env.all_found({name: value})


@pytest.mark.parametrize(
    "name", ["localhost", "One.example.org", ".example.org", "192.0.2.7", "[2001:db8::1]", "app_1"]
)
def test_names_a_server_may_answer_to(name):
    assert values({"GRAPEVINE_HOSTS": name})["GRAPEVINE_HOSTS"] == [name]


def test_a_secret_is_never_in_the_message():
    with pytest.raises(env.WrongSettingError) as refused:
        env.all_found({"GRAPEVINE_MAIL_URL": "ftp://post:hush@mail.example.org"})
    assert "hush" not in str(refused.value)


def test_a_secret_may_live_in_a_file(tmp_path):
    file = tmp_path / "mail"
    file.write_text("smtps://mail.example.org\n")
    found = env.all_found({"GRAPEVINE_MAIL_URL_FILE": str(file)})["GRAPEVINE_MAIL_URL"]
    assert (found.value.hostname, found.came_from) == ("mail.example.org", f"file {file}")


@pytest.mark.parametrize(
    ("environ", "reason"),
    [
        ({"GRAPEVINE_MAIL_URL_FILE": "/nowhere/mail"}, "GRAPEVINE_MAIL_URL_FILE: /nowhere/mail cannot be read"),
        ({"GRAPEVINE_MAIL_URL_FILE": "/x", "GRAPEVINE_MAIL_URL": "smtp://y"}, "not both"),
        ({"GRAPEVINE_LANGUAGE_FILE": "/x"}, "GRAPEVINE_LANGUAGE_FILE: there is no such setting"),
    ],
)
def test_a_file_that_cannot_be_meant_refuses(environ, reason):
    with pytest.raises(env.WrongSettingError, match=reason):
        env.all_found(environ)


def test_postgresql(tmp_path):
    told = databases.settings_for(values(RIGHT)["DATABASE_URL"], tmp_path)
    assert {key: told[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "vines",
        "USER": "grape",
        "PASSWORD": "v@ne",
        "HOST": "db.example.org",
        "PORT": "5433",
    }
    assert told["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize(
    ("url", "file"), [(None, "{}/grapevine.sqlite3"), ("sqlite:////srv/vines.sqlite3", "/srv/vines.sqlite3")]
)
def test_sqlite(tmp_path, url, file):
    told = databases.settings_for(env.database(url) if url else None, tmp_path)
    assert told["NAME"] == file.format(tmp_path)
    assert told["OPTIONS"]["transaction_mode"] == "IMMEDIATE"

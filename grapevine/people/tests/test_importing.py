"""The organisation's list of people comes in: whole, or not at all, and never with somebody else's door."""

import json
from argparse import Namespace

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError

from grapevine.people import actions, queries
from grapevine.people.importing import Rejected, bring_in, main
from grapevine.people.models import Account, NewAddress, Organisation, Person, ReportingLine, Unit
from tests.personas import OSLO, TUESDAY

HEAD = "id,name,email,unit,manager,title,timezone,languages,location,joined_on\n"
TWO = (
    HEAD + "k1,Kari Nilsen,kari@nord.example,Grid / Field,,Technician,,nb en,Moss,2020-01-31\n"
    "m1,Mira Lindqvist,mira@nord.example,Grid / Control / Bench,k1,Engineer,Europe/Oslo,sv,Halden,\n"
)


@pytest.fixture
def nord(db):
    return Organisation.objects.create(name="Nord Grid", timezone=OSLO, language="de")


@pytest.fixture
def bring(tmp_path, nord):
    """`bring("id,name,email\\n...")` brings these words into Nord Grid."""

    def bringing(words, **how):
        file = tmp_path / "people.csv"
        file.write_text(words, encoding="utf-8")
        return bring_in(file, organisation=nord, **how)

    return bringing


def counts(outcome):
    return outcome.created, outcome.updated, outcome.unchanged


def told(outcome):
    return [(one.line, one.column, one.reason) for one in outcome.rejected]


def person(number):
    return Person.objects.get(number=number, organisation__name="Nord Grid")


def path(unit):
    return [*(path(unit.parent) if unit.parent else []), unit.name]


# --- coming in ------------------------------------------------------------------------------------------------------


def test_two_people_come_in(bring, nord):
    outcome = bring(TWO)
    assert outcome.as_json == {"created": 2, "updated": 0, "unchanged": 0, "rejected": []}
    mira, kari = person("m1"), person("k1")
    assert [getattr(mira, f) for f in ("name", "email", "title", "timezone", "language", "location")] == [
        "Mira Lindqvist", "mira@nord.example", "Engineer", OSLO, "de", "Halden",
    ]  # fmt: skip
    assert (kari.timezone, str(kari.joined_on)) == (OSLO, "2020-01-31")
    assert [row.code for row in kari.languages.all()] == ["en", "nb"]
    assert path(mira.unit) == ["Grid", "Control", "Bench"]
    assert path(kari.unit) == ["Grid", "Field"]
    assert queries.lead_of(mira) == kari
    assert Unit.objects.filter(organisation=nord).count() == 4


def test_they_can_sign_in_and_have_agreed_to_nothing(bring):
    bring(TWO)
    mira = person("m1")
    addresses = EmailAddress.objects.filter(user=mira.account)
    assert [(a.email, a.verified, a.primary) for a in addresses] == [("mira@nord.example", True, True)]
    assert (mira.account.email, mira.account.last_login) == ("mira@nord.example", None)
    assert queries.consents_of(mira) == {}


def test_the_same_file_again_changes_nothing(bring):
    bring(TWO)
    before = list(Person.objects.order_by("pk").values())
    assert bring(TWO).as_json == {"created": 0, "updated": 0, "unchanged": 2, "rejected": []}
    assert list(Person.objects.order_by("pk").values()) == before


def test_what_changed_is_counted_and_kept(bring):
    bring(TWO)
    outcome = bring(
        HEAD + "k1,Kari Nilsen-Moe,kari@nord.example,Grid / Field,,Technician,,nb en,Moss,2020-01-31\n"
        "m1,Mira Lindqvist,mira@nord.example,Grid,,Lead,Europe/Paris,en;fr,,\n"
    )
    assert counts(outcome) == (0, 2, 0)
    mira = person("m1")
    assert person("k1").name == "Kari Nilsen-Moe"
    assert (path(mira.unit), mira.title, mira.timezone, mira.location) == (["Grid"], "Lead", "Europe/Paris", "Halden")
    assert [row.code for row in mira.languages.all()] == ["en", "fr"]
    assert queries.lead_of(mira) is None


def test_columns_that_are_not_there_leave_everything(bring):
    bring(TWO)
    assert counts(bring("id,name,email\nm1,Mira Lindqvist,mira@nord.example\n")) == (0, 0, 1)
    assert queries.lead_of(person("m1")) == person("k1")


def test_what_people_said_of_themselves_stays_where_the_file_says_nothing(bring):
    bring(TWO)
    actions.introduce_oneself(
        by=person("k1"), title="Splicer", location="Fredrikstad", timezone="UTC", languages=["fi"]
    )
    assert counts(bring(HEAD + "k1,Kari Nilsen,kari@nord.example,Grid / Field,,,,,,\n")) == (0, 0, 1)
    assert (person("k1").title, person("k1").timezone) == ("Splicer", "UTC")


def test_people_who_are_not_in_the_file_are_left_alone(bring):
    bring(TWO)
    bring("id,name,email\n9,Dev Patel,dev@nord.example\n")
    assert [p.number for p in Person.objects.filter(left_on__isnull=True)] == ["9", "k1", "m1"]


def test_a_unit_of_the_same_name_elsewhere_in_the_tree_is_another(bring):
    bring("id,name,email,unit\n1,Eva,e@nord.example,North / Control\n2,Ola,o@nord.example,South / Control\n")
    assert path(person("1").unit) == ["North", "Control"]
    assert path(person("2").unit) == ["South", "Control"]


def test_an_organisation_has_a_name(db):
    with pytest.raises(IntegrityError, match="organisation_has_a_name"):
        Organisation.objects.create(name="")


# --- dry runs and wrong lines ---------------------------------------------------------------------------------------

ONE_WRONG = "id,name,email\n1,Eva Vogt,eva@nord.example\n2,,ola@nord.example\n"


def test_a_dry_run_writes_nothing(bring):
    outcome = bring(TWO, dry_run=True)
    assert (counts(outcome), outcome.is_written) == ((2, 0, 0), False)
    assert (Person.objects.count(), Account.objects.count(), Unit.objects.count()) == (0, 0, 0)


def test_one_wrong_line_keeps_the_file_out(bring):
    outcome = bring(ONE_WRONG)
    assert (told(outcome), outcome.is_written) == ([(3, "name", "This cell must not be empty.")], False)
    assert Person.objects.count() == 0


def test_the_good_lines_come_in_when_asked_for(bring):
    outcome = bring(ONE_WRONG, keep_good=True)
    assert (counts(outcome), len(outcome.rejected), outcome.is_written) == ((1, 0, 0), 1, True)
    assert [p.name for p in Person.objects.all()] == ["Eva Vogt"]


# --- leads ----------------------------------------------------------------------------------------------------------


def led(*pairs):
    return "id,name,email,manager\n" + "".join(f"{n},P{n},p{n}@nord.example,{lead}\n" for n, lead in pairs)


def test_unknown_leads(bring):
    assert told(bring(led((1, ""), (2, 7)))) == [
        (3, "manager", "Nobody with the id 7 is here or comes in with this file.")
    ]


def test_a_lead_who_is_here_already_or_comes_later_in_the_file(bring):
    bring(led((1, "")))
    assert counts(bring("id,name,email,manager\n2,B,b@nord.example,3\n3,C,c@nord.example,1\n")) == (2, 0, 0)
    assert [queries.lead_of(person(number)) for number in "23"] == [person("3"), person("1")]


def test_who_leads_themselves_is_the_head(bring):
    assert counts(bring(led((1, 1), (2, 1)))) == (2, 0, 0)
    assert list(ReportingLine.objects.values_list("person__number", "lead__number")) == [("2", "1")]
    assert counts(bring(led((1, 1), (2, 1)))) == (0, 0, 2)


def test_circles_are_named(bring):
    assert told(bring(led((1, 3), (2, 1), (3, 2), (4, 1)))) == [
        (2, "manager", "People would lead each other in a circle: 1 → 3 → 2 → 1."),
        (3, "manager", "People would lead each other in a circle: 2 → 1 → 3 → 2."),
        (4, "manager", "People would lead each other in a circle: 3 → 2 → 1 → 3."),
        (5, "manager", "Nobody with the id 1 is here or comes in with this file."),
    ]


def test_a_circle_with_people_who_are_not_in_the_file(bring):
    bring(led((1, 2), (2, 3), (3, "")))
    assert told(bring(led((3, 1)))) == [(2, "manager", "People would lead each other in a circle: 3 → 1 → 2 → 3.")]


def test_a_long_circle_is_told_in_short(bring):
    outcome = bring(led(*((n, n % 30 + 1) for n in range(1, 31))))
    assert told(outcome)[0][2] == "People would lead each other in a circle: 1 → 2 → 3 → 4 → 5 → 6 → 7 → 8 → … → 1."
    assert len(outcome.rejected) == 30


def test_whoever_reports_to_a_wrong_line_waits_too(bring):
    outcome = bring(
        "id,name,email,manager\n1,,a@nord.example,\n2,B,b@nord.example,1\n3,C,c@nord.example,\n", keep_good=True
    )
    assert [(one.line, one.column) for one in outcome.rejected] == [(2, "name"), (3, "manager")]
    assert [p.number for p in Person.objects.all()] == ["3"]


def test_a_turned_chart(bring):
    bring(led((1, ""), (2, 1)))
    assert counts(bring(led((1, 2), (2, "")))) == (0, 2, 0)
    assert list(ReportingLine.objects.values_list("person__number", "lead__number")) == [("1", "2")]


# --- addresses are doors --------------------------------------------------------------------------------------------


def test_an_address_of_somebody_else_is_refused(bring):
    bring(TWO)
    assert told(bring("id,name,email\n9,Stranger,Mira@Nord.example\n")) == [
        (2, "email", "mira@nord.example belongs to the person with the id m1.")
    ]


def test_two_people_do_not_swap_doors_in_one_file(bring):
    bring(TWO)
    outcome = bring("id,name,email\nm1,Mira,kari@nord.example\nk1,Kari,mira@nord.example\n")
    assert [(one.line, one.column) for one in outcome.rejected] == [(2, "email"), (3, "email")]


def test_the_server_tells_of_an_address_in_another_organisation(bring, world):
    assert told(bring(f"id,name,email\n1,Mira,{world.mira.email}\n")) == [
        (2, "email", f"{world.mira.email} is in use elsewhere in this installation; an address opens one door.")
    ]


def test_an_administrator_learns_nothing_of_addresses_in_other_organisations(bring, world, nord):
    there, nowhere = world.mira.email, "nobody@nord.example"
    lists = {email: f"id,name,email\n1,Ida Falk,{email}\n2,Bo Dahl,bo@nord.example\n" for email in (there, nowhere)}
    for how in ({"dry_run": True}, {}, {"dry_run": True}, {}):
        one, other = (_brought(bring, nord, lists[email], by=world.tomasz, **how) for email in (there, nowhere))
        assert one == other
    assert queries.person_at(there) == world.mira


def _brought(bring, nord, words, **how):
    """All that an administrator sees of a list that is brought in for once, twice, and of who is here then."""
    seen = []
    for _ in range(2):
        outcome = bring(words, **how)
        seen += [outcome.as_json, outcome.waiting, outcome.is_written, queries.head_count(nord)]
    seen.append([(one.number, one.name) for one in Person.objects.filter(organisation=nord)])
    Account.objects.filter(person__organisation=nord).delete()
    Person.objects.filter(organisation=nord).delete()
    return seen


def test_a_new_address_in_another_organisation_waits_like_any_other(bring, world):
    bring(TWO)
    outcome = bring(f"id,name,email\nk1,Kari Nilsen,{world.mira.email}\n", by=world.tomasz)
    assert (counts(outcome), outcome.rejected, outcome.waiting) == ((0, 1, 0), [], 1)
    assert queries.person_at(world.mira.email) == world.mira


def test_whose_address_is_free_one_day_comes_in_with_the_next_list(bring, world):
    words = f"id,name,email\n1,Mira Lindqvist,{world.mira.email}\n"
    bring(words, by=world.tomasz)
    assert person("1").account is None
    actions.leave(by=world.mira, person=world.mira)
    assert counts(bring(words, by=world.tomasz)) == (0, 0, 1)
    assert queries.person_at(world.mira.email) == person("1")


def test_who_comes_back_while_another_organisation_has_the_address_waits_in_silence(bring, world):
    bring(TWO)
    actions.leave(by=person("k1"), person=person("k1"))
    Account.objects.filter(person=world.mira).update(email="kari@nord.example")
    assert [one.column for one in bring(TWO).rejected] == ["email", "manager"]
    assert counts(bring(TWO, by=world.tomasz)) == (0, 2, 0)
    assert (person("k1").left_on, person("k1").account) == (None, None)


def test_from_the_server_a_new_address_holds_at_once_and_the_old_one_is_told(bring, door, mailoutbox, run_jobs):
    bring(TWO)
    mira = person("m1")
    signed_in = door(mira)
    assert signed_in.get("/settings/").status_code == 200
    assert counts(bring("id,name,email\nm1,Mira Lindqvist,mira.lind@nord.example\n")) == (0, 1, 0)
    run_jobs()
    mira.refresh_from_db()
    assert (mira.email, mira.account.email) == ("mira.lind@nord.example", "mira.lind@nord.example")
    assert [a.email for a in EmailAddress.objects.filter(user=mira.account)] == ["mira.lind@nord.example"]
    assert signed_in.get("/settings/").status_code == 302
    assert [mail.to for mail in mailoutbox] == [["mira@nord.example"]]


MOVED = "id,name,email\nm1,Mira Lindqvist,mine@nord.example\nk1,Kari Nilsen,kari.n@nord.example\n"


def test_an_administrator_cannot_move_the_door_of_anybody(bring, world):
    bring(TWO)
    Account.objects.filter(email="mira@nord.example").update(last_login=TUESDAY)
    outcome = bring(MOVED, by=world.eva)
    assert (counts(outcome), outcome.waiting) == ((0, 2, 0), 2)
    for number, old, new in (
        ("m1", "mira@nord.example", "mine@nord.example"),
        ("k1", "kari@nord.example", "kari.n@nord.example"),  # who has never been here may have been asked all the same
    ):
        here = person(number)
        assert (here.email, here.account.email, here.new_address.email) == (old, old, new)
        assert queries.person_at(new) is None
    again = bring(MOVED, by=world.eva)
    assert (counts(again), again.waiting) == ((0, 0, 2), 0)
    assert counts(bring("id,name,email\nm1,Mira Lindqvist,mira@nord.example\n", by=world.eva)) == (0, 1, 0)
    assert [waiting.person.number for waiting in NewAddress.objects.all()] == ["k1"]


def test_nor_the_door_of_somebody_whose_account_is_gone(bring, world):
    bring(TWO)
    Account.objects.filter(email="kari@nord.example").delete()
    assert bring(MOVED, by=world.eva).waiting == 2
    assert (person("k1").account.email, queries.person_at("kari.n@nord.example")) == ("kari@nord.example", None)


def test_an_address_that_was_wrong_from_the_start_is_put_right_on_the_server(bring, world):
    bring(TWO)
    bring(MOVED, by=world.eva)
    assert counts(bring(MOVED)) == (0, 2, 0)
    assert queries.person_at("kari.n@nord.example") == person("k1")
    assert NewAddress.objects.count() == 0


# --- leaving and coming back ----------------------------------------------------------------------------------------


def test_who_left_and_is_in_the_list_again_comes_back(bring):
    bring(TWO)
    kari = person("k1")
    actions.leave(by=kari, person=kari)
    assert counts(bring(TWO)) == (0, 2, 0)
    back = person("k1")
    assert (back.pk, back.left_on, back.account.email) == (kari.pk, None, "kari@nord.example")
    assert queries.lead_of(person("m1")) == back


def test_who_is_seen_off_and_listed_again_with_another_address_is_still_behind_the_old_door(bring, world):
    bring(TWO)
    actions.leave(by=person("m1"), person=person("m1"))
    bring(TWO, by=world.eva)
    bring(MOVED, by=world.eva)
    assert queries.person_at("mine@nord.example") is None
    assert queries.person_at("mira@nord.example") == person("m1")


GONE = (
    "The id k1 belonged to somebody who left, with another address. Somebody new needs a new id; "
    "who comes back comes with the old address."
)


def test_an_id_of_somebody_who_left_does_not_pass_to_somebody_new(bring):
    bring(TWO)
    actions.leave(by=person("k1"), person=person("k1"))
    assert told(bring("id,name,email\nk1,Somebody New,new@nord.example\n")) == [
        (2, "id", GONE),
    ]


def test_an_address_of_somebody_who_left_may_pass_on_and_brings_nothing_along(bring):
    bring(TWO)
    actions.leave(by=person("k1"), person=person("k1"))
    assert counts(bring("id,name,email\nk2,Kari Andersen,kari@nord.example\n")) == (1, 0, 0)
    assert person("k2").account.email == "kari@nord.example"
    assert person("k1").account is None


def test_a_lead_who_left_is_nobody(bring):
    bring(led((1, ""), (2, "")))
    actions.leave(by=person("1"), person=person("1"))
    assert told(bring(led((2, 1)))) == [(2, "manager", "Nobody with the id 1 is here or comes in with this file.")]


# --- the command ----------------------------------------------------------------------------------------------------


@pytest.fixture
def command(tmp_path, capsys, db):
    """`command(words, dry_run=True)` runs it; (exit code, what it printed)."""

    def run(words, organisation="Nord Grid", **how):
        file = tmp_path / "people.csv"
        file.write_text(words, encoding="utf-8")
        options = {"dry_run": False, "keep_good": False, "json": False, **how}
        code = main(Namespace(file=str(file), organisation=organisation, **options))
        return code, capsys.readouterr().out

    return run


def test_the_command_in_words(command):
    assert command(TWO) == (
        0,
        "Nord Grid: 2 new, 0 changed, 0 as they were.\nPeople who are not in the file were left alone.\n",
    )
    assert command(TWO, organisation="nord  grid")[1].startswith("Nord Grid: 0 new, 0 changed, 2 as they were.")
    assert [o.timezone for o in Organisation.objects.all()] == ["Europe/Berlin"]


def test_the_command_dry(command):
    assert command(TWO, dry_run=True) == (
        0,
        "Nord Grid: 2 new, 0 changed, 0 as they were.\nNothing was written: this was a dry run.\n",
    )
    assert Organisation.objects.count() == 0


def test_the_command_refuses(command):
    code, out = command(ONE_WRONG)
    assert (code, out.splitlines()) == (
        1,
        [
            "line 3, name: This cell must not be empty.",
            "Nothing was written. With --keep-good the lines with nothing wrong come in all the same.",
        ],
    )


def test_a_column_without_a_name_goes_by_its_number(command):
    told = "4 cells where the first line has 3. A cell with the delimiter in it needs quotes."
    assert command(ONE_WRONG + "3,Vik,sanne@nord.example,Oslo\n")[1].splitlines()[1] == f"line 4, column 4: {told}"


def test_the_command_keeps_the_good(command):
    code, out = command(ONE_WRONG, keep_good=True)
    assert (code, out.splitlines()) == (
        0,
        [
            "line 3, name: This cell must not be empty.",
            "Nord Grid: 1 new, 0 changed, 0 as they were.",
            "People who are not in the file were left alone.",
        ],
    )
    assert command("id,name,email\n1,,\n", keep_good=True)[0] == 1


def test_the_command_for_machines(command):
    code, out = command(ONE_WRONG, json=True)
    wrong = {"line": 3, "column": "name", "reason": "This cell must not be empty."}
    assert (code, json.loads(out)) == (1, {"created": 0, "updated": 0, "unchanged": 0, "rejected": [wrong]})
    code, out = command(ONE_WRONG, json=True, keep_good=True)
    assert (code, json.loads(out)) == (0, {"created": 1, "updated": 0, "unchanged": 0, "rejected": [wrong]})


SHOE = "id,name,email,shoe\n1,Eva Vogt,eva@nord.example,39\n"


def test_the_command_names_a_column_that_is_not_read(command):
    assert command(SHOE, dry_run=True)[1].splitlines()[0] == "column 'shoe' is not read"
    code, out = command(SHOE, json=True)
    told = {"created": 1, "updated": 0, "unchanged": 0, "rejected": [], "ignored": ["shoe"]}
    assert (code, json.loads(out)) == (0, told)
    many = "id,name,email," + ",".join(f"c{n}" for n in range(12)) + "\n"
    assert "'c8', 'c9', … are not read" in command(many)[1]


def test_a_chart_is_not_lost_by_a_slip_of_the_pen(command):
    code, out = command(SHOE.replace("shoe", "manger"), keep_good=True)
    slip = "line 1, manger: column 'manger' is not known; did you mean 'manager'? Rename it, or take it out."
    assert (code, out.splitlines()) == (1, [slip, "Nothing was written."])
    assert Person.objects.count() == 0


def test_the_command_shows_fifty_wrong_lines(command):
    out = command("id,name,email\n" + "1,,x\n" * 60)[1].splitlines()
    assert (len(out), out[50]) == (52, "… and 70 more")


def test_rejected_is_what_it_says():
    assert Rejected(3, "name", "because") == Rejected(line=3, column="name", reason="because")

"""Which mails one gets, and the inbox that has it all anyway."""

from grapevine.notifications import queries
from grapevine.notifications.kinds import TOPICS
from grapevine.notifications.models import Notice
from grapevine.notifications.tests.conftest import summary
from grapevine.notifications.tests.stories import asked, played_back

ON = dict.fromkeys(TOPICS, "on")


def test_everything_but_pages_comes_by_mail_unless_one_says_otherwise(world):
    assert queries.wishes_of(world.mira) == {"all": True} | {key: key != "pages" for key in TOPICS}


def test_the_page_of_wishes(world, door, post):
    mira = door(world.mira)
    page = mira.get("/settings/mail/").content.decode()
    assert all(str(topic.label).replace("'", "&#x27;") in page for topic in TOPICS.values())
    wanted = {key: value for key, value in ON.items() if key != "asked"}
    assert mira.post("/settings/mail/", wanted).status_code == 302
    assert queries.wishes_of(world.mira) == {"all": True} | {key: key != "asked" for key in TOPICS}
    asked(world.ravi, world.mira)
    assert post() == []
    assert Notice.objects.filter(person=world.mira, kind="asked").exists()


def test_a_pause_holds_all_mail_until_it_ends(world, door, at, post):
    mira = door(world.mira)
    mira.post("/settings/mail/", ON | {"pause": "on"})
    played_back(world.mira, world.sanne)
    post()
    at(2026, 3, 16, "08:30")
    assert [who for who, _ in summary(post()) if who == "Mira Lindqvist"] == []
    mira.post("/settings/mail/", ON)
    asked(world.ravi, world.mira)
    assert ("Mira Lindqvist", "Ravi Berg asks for your help") in summary(post())


def test_the_inbox_is_read_line_by_line_or_all_at_once(world, door, post):
    for somebody in (world.ravi, world.kari):
        asked(somebody, world.mira)
    post()
    mira, notices = door(world.mira), Notice.objects.filter(person=world.mira)
    page = mira.get("/inbox/").content.decode()
    assert (page.count("not read yet"), "Ravi Berg asks for your help" in page) == (2, True)
    ravis = notices.get(by=world.ravi)
    answer = mira.get(f"/inbox/{ravis.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, ravis.url)
    assert mira.get("/inbox/").content.decode().count("not read yet") == 1
    assert mira.post("/inbox/read/").status_code == 302
    assert "not read yet" not in mira.get("/inbox/").content.decode()


def test_the_inbox_of_others_does_not_exist(world, door, post):
    asked(world.ravi, world.mira)
    post()
    line = Notice.objects.get(person=world.mira)
    for somebody in (world.jonas, world.eva, world.ravi, world.tomasz):
        assert door(somebody).get(f"/inbox/{line.pk}/").status_code == 404
    assert Notice.objects.get(pk=line.pk).read_at is None


def test_twenty_a_page(world, door, django_assert_num_queries, clock):
    def notices(count):
        Notice.objects.all().delete()
        Notice.objects.bulk_create(
            Notice(
                person=world.mira,
                kind="thanked",
                about=str(n),
                key=str(n),
                by=world.sanne,
                url="/thanks/",
                at=clock.now(),
            )
            for n in range(count)
        )

    mira = door(world.mira)
    for count, shown in ((1, 1), (3, 3), (25, 20)):
        notices(count)
        with django_assert_num_queries(4):  # session, person, how many, the page
            page = mira.get("/inbox/").content.decode()
        assert page.count("Sanne Vik thanks you") == shown
    assert mira.get("/inbox/?page=2").content.decode().count("Sanne Vik thanks you") == 5

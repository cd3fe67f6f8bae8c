"""The page of thanks, the end of a challenge, the page of a person."""

import pytest
from django.urls import reverse

from grapevine.recognition import actions, queries
from grapevine.recognition.models import HelperStory, Thanks
from grapevine.recognition.tests.telling import HAPPENED, THANKS, played_back, reported

POSTS = ("hear", "show-recognition", "keep-recognition-between", "take-back-recognition")


def page(visitor, name, *args, **query):
    answer = visitor.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_sanne_hears_and_mira_knows_it(world, door, run_jobs):
    challenge = reported(world.mira, world.sanne)
    run_jobs()
    sanne, mira = door(world.sanne), door(world.mira)
    letters = page(sanne, "thanks")
    assert HAPPENED in letters
    assert "Your idea was used." in letters
    assert "Good to hear" in letters
    assert "has read what happened" not in page(mira, "challenge", challenge.pk)
    answer = sanne.post(reverse("hear", args=["story", HelperStory.objects.get().pk]))
    assert (answer.status_code, answer.url) == (302, reverse("thanks"))
    assert "Good to hear" not in page(sanne, "thanks")
    assert "Sanne Vik has read what happened" in page(mira, "challenge", challenge.pk)


def test_mira_thanks_at_the_end_of_the_challenge(world, door):
    challenge = played_back(world.mira, world.sanne)
    mira = door(world.mira)
    assert "Thank Sanne in a line" in page(mira, "challenge", challenge.pk)
    assert "in a line" not in page(door(world.sanne), "challenge", challenge.pk)
    answer = mira.post(reverse("thank", args=[challenge.pk]), {"words": THANKS})
    assert (answer.status_code, answer.url) == (302, f"{challenge.get_absolute_url()}#thanks")
    assert "Thank Sanne in a line" not in page(mira, "challenge", challenge.pk)
    assert THANKS in page(door(world.sanne), "challenge", challenge.pk)


def test_thanks_do_not_press_before_there_is_something_to_tell(world, door):
    """Folded, with a quiet button and a grey dot; open, with the main one, when it is told what happened."""
    early, told = played_back(world.mira, world.sanne), reported(world.mira, world.sanne)
    mira = door(world.mira)
    for challenge, folded, button in ((early, True, "button quiet"), (told, False, "button main")):
        seen = page(mira, "challenge", challenge.pk).partition('id="thanks"')
        assert ("Thanks need not wait" in seen[2], button in seen[2].partition("Say thanks")[0]) == (folded, True)
        assert 'class="moment plain"' in seen[0][-40:]


def test_each_of_two_helpers_gets_thanks_of_their_own(world, door):
    challenge = played_back(world.mira, world.sanne, world.ravi)
    seats = {seat.person: seat.pk for seat, _ in queries.ending(world.mira, challenge).to_thank}
    for helper in (world.ravi, world.sanne):
        door(world.mira).post(
            reverse("thank", args=[challenge.pk]), {"words": f"for {helper.name}", "seat": seats[helper]}
        )
    said = {t.person: queries.heard(world.mira, "thanks", t.pk).words for t in Thanks.objects.all()}
    assert said == {world.ravi: "for Ravi Berg", world.sanne: "for Sanne Vik"}
    assert [h.person.name for h in queries.ending(world.sanne, challenge).thanks] == ["Sanne Vik"]


def test_words_for_one_helper_never_go_to_another(world, door):
    challenge = played_back(world.mira, world.sanne, world.ravi)
    seats = {seat.person: seat.pk for seat, _ in queries.ending(world.mira, challenge).to_thank}
    url, for_sanne = reverse("thank", args=[challenge.pk]), {"words": "Dear Sanne!", "seat": seats[world.sanne]}
    tries = [(world.mira, for_sanne), (world.mira, for_sanne), (world.mira, {"words": "Dear Ravi!"})]
    tries.append((world.sanne, {"words": "Dear me!", "seat": seats[world.ravi]}))
    assert [door(who).post(url, typed).status_code for who, typed in tries] == [302, 403, 302, 403]
    said = {t.person: queries.heard(world.mira, "thanks", t.pk).words for t in Thanks.objects.all()}
    assert said == {world.sanne: "Dear Sanne!", world.ravi: "Dear Ravi!"}


def test_empty_thanks_come_back_with_the_reason(world, door):
    challenge = played_back(world.mira, world.sanne)
    for url in (reverse("thank", args=[challenge.pk]), reverse("thank-person", args=[world.olav.pk])):
        answer = door(world.mira).post(url, {"words": "  "})
        assert (answer.status_code, Thanks.objects.count()) == (422, 0)


def test_thanks_for_a_colleague_from_their_page(world, door):
    mira, url = door(world.mira), reverse("thank-person", args=[world.olav.pk])
    assert url in page(mira, "person", world.olav.pk)
    assert "Thank Olav Haug" in page(mira, "thank-person", world.olav.pk)
    assert mira.post(url, {"words": THANKS}).status_code == 302
    assert THANKS in page(mira, "thanks", side="said")
    assert THANKS in page(door(world.olav), "thanks")
    assert mira.get(reverse("thank-person", args=[world.mira.pk])).status_code == 302


def test_a_person_page_shows_what_both_agreed_to(world, door):
    thanks = actions.thank(by=world.mira, person=world.sanne, words=THANKS)
    show = reverse("show-recognition", args=["thanks", thanks.pk])
    assert door(world.sanne).post(show, {"back": "/thanks/?side=heard"}).url == "/thanks/?side=heard"
    assert THANKS not in page(door(world.jonas), "person", world.sanne.pk)
    assert "Sanne would show this to colleagues" in page(door(world.mira), "thanks", side="said")
    door(world.mira).post(show, {"back": "https://elsewhere.example/"})
    assert THANKS in page(door(world.jonas), "person", world.sanne.pk)
    assert THANKS in page(door(world.sanne), "person", world.sanne.pk)
    door(world.sanne).post(reverse("take-back-recognition", args=["thanks", thanks.pk]))
    assert THANKS not in page(door(world.jonas), "person", world.sanne.pk)


@pytest.mark.parametrize("who", ["jonas", "eva", "lene", "tomasz", "aiko"])
def test_for_everybody_else_there_is_nothing(world, door, run_jobs, who):
    challenge = reported(world.mira, world.sanne)
    thanks = actions.thank(by=world.mira, person=world.sanne, challenge=challenge, words=THANKS)
    run_jobs()
    visitor, story = door(getattr(world, who)), HelperStory.objects.get()
    tried = [reverse(name, args=[r.kind, r.pk]) for name in POSTS for r in (thanks, story)]
    assert {visitor.post(url).status_code for url in [*tried, reverse("thank", args=[challenge.pk])]} == {404}
    seen = "".join(page(visitor, "thanks", side=side) for side in ("heard", "said"))
    assert THANKS not in seen
    assert HAPPENED not in seen


def test_who_left_and_who_never_came_are_led_to_the_door(world, door, client):
    for visitor in (door(world.left), client):
        assert visitor.get(reverse("thanks")).status_code == 302
        assert visitor.get(reverse("thanks")).url.startswith("/accounts/")


def test_a_colleague_elsewhere_cannot_be_thanked(world, door):
    assert door(world.mira).get(reverse("thank-person", args=[world.tomasz.pk])).status_code == 404


def test_under_an_alias_the_page_never_says_the_name(world, door, run_jobs):
    challenge = reported(world.mira, world.sanne, alias="a blue heron")
    actions.thank(by=world.mira, person=world.sanne, challenge=challenge, words=THANKS)
    run_jobs()
    sanne = door(world.sanne)
    seen = page(sanne, "thanks") + page(sanne, "challenge", challenge.pk)
    assert "a blue heron" in seen
    assert THANKS in seen
    assert "Mira" not in seen
    assert "Lindqvist" not in seen
    assert f"/people/{world.mira.pk}/" not in seen
    assert "if we both agree" not in seen


def test_each_link_says_what_colleagues_would_read(world, door, run_jobs):
    challenge = reported(world.mira, world.sanne)
    actions.thank(by=world.mira, person=world.sanne, challenge=challenge, words=THANKS)
    run_jobs()
    for reader in (world.mira, world.sanne):
        seen = page(door(reader), "challenge", challenge.pk)
        links = ("Show colleagues what happened, if we both agree", "Show colleagues these thanks, if we both agree")
        assert [seen.count(words) for words in links] == [1, 1]


def test_older_letters_are_a_page_away(world, door):
    for number in range(14):
        actions.thank(by=world.mira, person=world.sanne, words=f"letter-{number:02}.")
    sanne = door(world.sanne)
    first, second = page(sanne, "thanks"), page(sanne, "thanks", earlier="12")
    assert [f"letter-{n:02}." in first for n in (0, 1, 2, 13)] == [False, False, True, True]
    assert [f"letter-{n:02}." in second for n in (0, 1, 2, 13)] == [True, True, False, False]
    assert "Earlier letters" in first
    assert "Earlier letters" not in second
    assert "letter-00" not in page(sanne, "thanks", earlier="what")


@pytest.mark.parametrize("letters", [1, 3])
def test_the_page_of_thanks_costs_the_same_whatever_is_on_it(world, door, run_jobs, letters, django_assert_num_queries):
    for number in range(letters):
        challenge = reported(world.mira, world.sanne, title=f"Challenge {number}")
        actions.thank(by=world.mira, person=world.sanne, challenge=challenge, words=THANKS)
    run_jobs()
    sanne = door(world.sanne)
    with django_assert_num_queries(7):
        page(sanne, "thanks")


@pytest.mark.parametrize(("letters", "asked"), [(0, 2), (1, 4), (3, 4)])
def test_today_asks_little(world, letters, asked, django_assert_num_queries):
    for _ in range(letters):
        actions.thank(by=world.mira, person=world.sanne, challenge=played_back(world.mira, world.sanne), words=THANKS)
    with django_assert_num_queries(asked):
        assert len(queries.waiting(world.sanne).unheard) == letters

"""What is true of every world that the actions could have left. Each rule looks at all rows and names what breaks it."""

from collections import Counter, defaultdict
from datetime import timedelta

from django.db.models import Count, F, Q

from grapevine.asks.models import Ask, HelperLimits, Reply, Request
from grapevine.challenges.actions.trace import helpers_of
from grapevine.challenges.models import Challenge, Commitment, Example, Idea, Outcome, Playback
from grapevine.circles.models import Circle, CircleSeat, ProposedCircle
from grapevine.demo.personas import CAST
from grapevine.kernel import clock
from grapevine.network.models import Help, Tie, TieConsent
from grapevine.notifications.models import Notice
from grapevine.people.models import Language, ReportingLine, Rest
from grapevine.recognition.models import HelperStory, Thanks
from grapevine.skills.models import Evidence, Offer
from grapevine.vaults.models import SealedText, Seat, Vault
from grapevine.vaults.queries import is_masked

KNOWN = {persona.key for persona in CAST}
THIRTY, NINETY = timedelta(days=30), timedelta(days=90)


def every_talk_began_with_a_yes_and_has_two_seats():
    seats = Count("vault__seats", filter=Q(vault__seats__until_at__isnull=True))
    talks = Challenge.objects.filter(occasion="ask").annotate(seats=seats)
    wrong = talks.exclude(request__reply__kind=Reply.Kind.YES, seats=2, vault=F("request__vault"))
    return wrong | talks.exclude(brought_by=F("request__ask__by"))


def every_yes_began_a_talk():
    return Reply.objects.filter(kind=Reply.Kind.YES, request__challenge__isnull=True)


def a_no_gives_up_the_seat_and_the_words():
    noes = Request.objects.filter(Q(reply__isnull=False) | Q(taken_back_at__isnull=False)).exclude(
        reply__kind=Reply.Kind.YES
    )
    return noes.exclude(message__isnull=True, vault__shredded_at__isnull=False)


def who_waits_can_read_the_message():
    waiting = Request.objects.filter(reply__isnull=True, taken_back_at__isnull=True)
    return waiting.filter(Q(message__isnull=True) | Q(vault__shredded_at__isnull=False))


def a_shredded_vault_holds_nothing():
    return SealedText.objects.filter(vault__shredded_at__isnull=False)


def only_who_has_a_seat_writes():
    seats = set(Seat.objects.values_list("vault", "person"))
    return [t for t in SealedText.objects.values_list("vault", "author") if t not in seats]


def nobody_waits_in_a_closed_ask():
    return Request.objects.filter(ask__closed_at__isnull=False, reply__isnull=True, taken_back_at__isnull=True)


def nobody_waits_longer_than_two_working_days():
    late = Request.objects.filter(
        answer_by__lte=clock.now(), went_on_at__isnull=True, taken_back_at__isnull=True, challenge__isnull=True
    )
    return late.exclude(reply__kind=Reply.Kind.YES)


def ideas_nobody_kept_are_gone_after_closing():
    kept_together = Challenge.objects.annotate(n=Count("keep_together")).filter(n=2)
    return Idea.objects.filter(challenge__closing__isnull=False, kept_at__isnull=True).exclude(
        challenge__in=kept_together
    )


def what_is_over_is_closed():
    now, still_open = clock.now(), Challenge.objects.filter(closing__isnull=True)
    played = Q(playback__at__lt=now - THIRTY)
    return still_open.filter(played | Q(playback__isnull=True, at__lt=now - NINETY))


def ideas_are_kept_by_playing_back():
    return Idea.objects.filter(kept_at__isnull=False).filter(
        Q(challenge__playback__isnull=True) | ~Q(kept_at=F("challenge__playback__at"))
    )


def every_playback_has_its_day():
    return Playback.objects.filter(Q(commitment__isnull=True) | Q(got="", challenge__occasion="ask"))


def what_is_told_in_a_circle_is_told_to_all_who_sit_there():
    told = Challenge.objects.filter(occasion="circle").exclude(vault__kind="home").select_related("brought__meeting")
    return [c for c in told if _seated(c.vault_id) != _sitting(c.brought.meeting.circle_id)]


def _seated(vault):
    return set(Seat.objects.filter(vault=vault, until_at__isnull=True).values_list("person", flat=True))


def _sitting(circle):
    return set(CircleSeat.objects.filter(circle=circle, left_at__isnull=True).values_list("person", flat=True))


def nobody_sits_with_those_they_lead():
    lines = set(ReportingLine.objects.values_list("person", "lead"))
    circles = [_sitting(circle.pk) for circle in Circle.objects.all()]
    shown = [{seat.application.person_id for seat in each.seats.all()} for each in ProposedCircle.objects.all()]
    return [pair for people in (*circles, *shown) for pair in lines if people.issuperset(pair)]


def time_runs_one_way():
    now = clock.now()
    wrong = list(Request.objects.filter(reply__at__lt=F("sent_at")))
    wrong += Challenge.objects.filter(Q(questions__at__lt=F("at")) | Q(ideas__at__lt=F("at")))
    wrong += Playback.objects.filter(Q(challenge__ideas__at__gt=F("at")) | Q(challenge__questions__at__gt=F("at")))
    wrong += Outcome.objects.filter(at__lt=F("commitment__playback__at"))
    wrong += Commitment.objects.filter(on__lt=F("playback__at__date"))
    for model in (Ask, Challenge, Playback, Outcome, Thanks, HelperStory, Idea, Reply, Notice, SealedText):
        wrong += model.objects.filter(at__gt=now)
    return wrong


def helping_proves_something_only_in_a_talk_that_helped():
    helped = Evidence.objects.filter(kind__in=[Evidence.Kind.HELPED, Evidence.Kind.USED])
    talks = Challenge.objects.in_bulk([int(line.origin_key) for line in helped])
    return [line for line in helped if not _proves(line, talks.get(int(line.origin_key)))]


def _proves(line, talk):
    outcome = Outcome.objects.filter(commitment__playback__challenge=talk, kind=Outcome.Kind.USED).exists()
    return line.person_id in helpers_of(talk) and (line.kind == Evidence.Kind.USED) == outcome


def learning_proves_something_of_the_one_who_asked():
    learned = Evidence.objects.filter(kind=Evidence.Kind.LEARNED)
    talks = Challenge.objects.in_bulk([int(line.origin_key) for line in learned])
    return [line for line in learned if talks[int(line.origin_key)].brought_by_id != line.person_id]


def every_page_and_every_offer_has_its_line():
    lines = set(Evidence.objects.values_list("origin_kind", "origin_key", "person"))
    wrong = [e for e in Example.objects.all() if ("example", str(e.pk), e.by_id) not in lines]
    return wrong + [o for o in Offer.objects.all() if ("offer", str(o.pk), o.person_id) not in lines]


def ties_are_made_of_helps_that_were_acknowledged():
    expected = _helps_told()
    found = Counter(Help.objects.values_list("tie__helper", "tie__helped", "kind"))
    return list((expected - found) + (found - expected))


def _helps_told():
    told = Counter()
    for talk in Challenge.objects.filter(playback__isnull=False).select_related("vault", "brought_by"):
        if is_masked(talk.brought_by, talk.vault):
            continue
        for helper in helpers_of(talk):
            told[helper, talk.brought_by_id, "idea"] += 1
            told[helper, talk.brought_by_id, "outcome"] += hasattr(talk.playback.commitment, "outcome")
        for thanks in talk.thanks.all():
            told[thanks.person_id, thanks.by_id, "thanks"] += 1
    return +told


def every_helper_heard_what_came_of_it():
    told = {
        (o.commitment.playback.challenge_id, h)
        for o in Outcome.objects.all()
        for h in helpers_of(o.commitment.playback.challenge)
    }
    return told ^ set(HelperStory.objects.values_list("challenge", "person"))


def what_is_shown_both_agreed_to():
    return [r for model in (Thanks, HelperStory) for r in model.objects.all() if bool(r.open_words) != r.is_public]


def consent_to_a_tie_is_between_people_who_are_tied():
    ties = {frozenset(pair) for pair in Tie.objects.values_list("helper", "helped")}
    return [pair for pair in TieConsent.objects.values_list("person", "other") if frozenset(pair) not in ties]


def whoever_is_told_of_a_tie_on_both_maps_has_agreed_to_it():
    agreed = set(TieConsent.objects.filter(withdrawn_at=None).values_list("person", "other"))
    told = Notice.objects.filter(kind="tied").values_list("person", "by")
    return [pair for pair in told if not {pair, pair[::-1]} <= agreed]


def nobody_asks_outside_the_organisation_or_themselves():
    return Request.objects.filter(~Q(to__organisation=F("ask__by__organisation")) | Q(to=F("ask__by")))


def nobody_is_asked_by_those_they_lead():
    lines = set(ReportingLine.objects.values_list("person", "lead"))
    asked = Request.objects.exclude(ask__by__number__in=KNOWN).values_list("ask__by", "to")
    return [pair for pair in asked if pair in lines]


def whoever_talks_speaks_the_same_language():
    spoken = defaultdict(set)
    for person, code in Language.objects.values_list("person", "code"):
        spoken[person].add(code)
    return [r for r in Request.objects.values_list("ask__by", "to") if not spoken[r[0]] & spoken[r[1]]]


def nobody_carries_more_than_they_can():
    limits = dict(HelperLimits.objects.values_list("person", "per_week"))
    week = Request.objects.filter(sent_at__gt=clock.now() - timedelta(days=7)).values_list("to", flat=True)
    full = [p for p, n in Counter(week).items() if n > limits.get(p, HelperLimits.PER_WEEK)]
    waiting = Request.objects.filter(challenge__isnull=True, answer_by__gt=clock.now(), taken_back_at__isnull=True)
    return full + [p for p, n in Counter(waiting.values_list("to", flat=True)).items() if n > HelperLimits.OPEN_AT_ONCE]


def nobody_asked_who_rests():
    resting = Rest.objects.filter(ended_at__isnull=True, kind=Rest.Kind.RESTING)
    return [r for r in resting if Request.objects.filter(to=r.person, sent_at__gt=r.since_at).exists()]


def every_vault_has_its_thing():
    things = {"ask", "talk", "noticing", "introduction", "application", "taste"}
    things |= {"circle", "meeting", "challenge", "tally", "call"}
    return [v for v in Vault.objects.all() if v.kind not in things]


RULES = [
    rule
    for name, rule in list(globals().items())
    if callable(rule) and getattr(rule, "__module__", "") == __name__ and not name.startswith("_")
]
# these ask the actions about each talk alone, which takes its time where there are many
ONE_BY_ONE = {
    helping_proves_something_only_in_a_talk_that_helped,
    ties_are_made_of_helps_that_were_acknowledged,
    every_helper_heard_what_came_of_it,
}

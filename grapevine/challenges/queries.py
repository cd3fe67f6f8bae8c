"""Reading challenges. Each takes the person who asks; words come through the one gate of `vaults`."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Value

from grapevine.challenges.models import (
    Challenge,
    ClarifyingQuestion,
    Commitment,
    Example,
    ExampleUse,
    Idea,
    NameInExample,
    Noticing,
    Outcome,
)
from grapevine.kernel import clock
from grapevine.kernel.policy import seen, visible
from grapevine.kernel.search import matching
from grapevine.kernel.text import listed, stems
from grapevine.people.models import Person
from grapevine.vaults.queries import Voice, read_all, seats_of, voices, words_in

NUDGE_AT = time(8, 30)
A_YEAR = timedelta(days=366)
TWO_WORDS = 2


@dataclass(frozen=True)
class CommitmentLine:
    """A commitment in its owner's words."""

    commitment: Commitment
    challenge: Challenge
    when: str
    will: str


@dataclass(frozen=True)
class Asked:
    """A question with its answer (empty while open), and who asked."""

    question: ClarifyingQuestion
    voice: Voice
    words: str
    answer: str


@dataclass(frozen=True)
class Offered:
    """An idea and whose it is."""

    idea: Idea
    voice: Voice
    words: str


@dataclass(frozen=True)
class Story:
    """A challenge from top to bottom, as one person may read it."""

    challenge: Challenge
    title: str
    words: str
    bringer: Voice
    others: list[Voice]
    questions: list[Asked] = field(default_factory=list)
    ideas: list[Offered] = field(default_factory=list)
    line: CommitmentLine | None = None
    outcome: Outcome | None = None
    what_happened: str = ""
    noticed_by: list[tuple[int, str]] = field(default_factory=list)
    keeping: frozenset[int] = frozenset()

    @property
    def other_names(self) -> str:
        """Those who think along, for a sentence."""
        return listed(voice.name for voice in self.others)

    @property
    def may_all_stay(self) -> bool:
        """Whether all ideas can be kept still: nobody left without agreeing to it."""
        return can_all_stay(self.challenge, self.keeping)

    @property
    def near_names(self) -> str:
        """Of whom colleagues may be told what they can be found for: nobody of a group, nobody of another organisation."""
        return listed(voice.name for voice in self.others if _may_be_told(self.challenge, voice))


def story(person: Person, challenge: Challenge) -> Story:
    """Everything on the page of a challenge, opened in one go."""
    said = voices(person, challenge.vault)
    questions, ideas = list(challenge.questions.all()), list(challenge.ideas.all())
    line = getattr(getattr(challenge, "playback", None), "commitment", None)
    outcome = getattr(line, "outcome", None)
    if line:
        seen(person, line)
    beside = _beside(challenge)
    opened = words_in(person, challenge.vault)
    return Story(
        challenge=challenge,
        title=opened.get(challenge.title_id, ""),
        words=opened.get(challenge.words_id, ""),
        bringer=said.get(challenge.brought_by_id) or Voice(challenge.brought_by.name, challenge.brought_by, ""),
        others=[v for pk, v in said.items() if pk != challenge.brought_by_id and v.is_here],
        questions=[
            Asked(q, _voice(said, q), opened.get(q.words_id, ""), opened.get(q.answer_id, "")) for q in questions
        ],
        ideas=[Offered(i, _voice(said, i), opened.get(i.words_id, "")) for i in ideas],
        line=CommitmentLine(line, challenge, opened.get(line.when_id, ""), opened.get(line.will_id, ""))
        if line
        else None,
        outcome=outcome,
        what_happened=opened.get(outcome.words_id, "") if outcome else "",
        noticed_by=[(pk, name) for of, pk, name in beside if of == "notices"],
        keeping=frozenset(pk for of, pk, _ in beside if of == "keeps"),
    )


def left_to_propose(told: Story) -> list[Person]:
    """Colleagues who helped and of whom the bringer has not said yet what others may find them for."""
    said = set(told.challenge.let_find.values_list("person", flat=True))
    near = [voice.person for voice in told.others if _may_be_told(told.challenge, voice)]
    return [person for person in near if person and person.pk not in said]


def _may_be_told(challenge: Challenge, voice: Voice) -> bool:
    # who was in a circle is not told outside of it
    near = challenge.brought_by.organisation_id
    return challenge.is_of_two and (voice.person is None or voice.person.organisation_id == near)


def titles(person: Person, challenges: Iterable[Challenge]) -> list[tuple[Challenge, str]]:
    """Challenges with their titles opened, in two queries."""
    rows = list(challenges)
    opened = read_all(person, [c.title for c in rows])
    return [(c, opened.get(c.title_id, "")) for c in rows]


def my_challenges(person: Person) -> "QuerySet[Challenge]":
    """Every challenge the person has a seat in, newest first."""
    return visible(person, Challenge).select_related(
        "title", "brought_by", "vault", "playback__commitment__outcome", "closing"
    )


def worth_reading(person: Person) -> Example | None:
    """A page by somebody else that this person has not used, one that colleagues used before one that nobody did."""
    used = ExampleUse.objects.filter(example=OuterRef("pk"))
    pages = visible(person, Example).exclude(by=person).select_related("by")
    fresh = pages.filter(~Exists(used.filter(person=person)))
    return fresh.annotate(is_used=Exists(used)).order_by("-is_used", "-released_at").first()


def examples_matching(person: Person, words: str, most: int = 3) -> list[Example]:
    """Has someone been here before? Pages that fit the words, those that colleagues used first among equals."""
    uses = Prefetch("uses", queryset=ExampleUse.objects.select_related("person"))
    others = visible(person, Example).exclude(by=person).select_related("by").prefetch_related(uses)
    asked = set(stems(words))
    enough = min(TWO_WORDS, len(asked))  # one common word in a long question is chance
    found = matching(others, words)[: most * 8]
    best = [e for e in found if len(asked & set(stems(f"{e.title} {e.body}"))) >= enough]
    return sorted(best, key=lambda e: -getattr(e, "match", 0) * (1 + min(len(e.uses.all()), 5) / 10))[:most]


def pages_to_point_to(person: Person, words: str, most: int = 5) -> "QuerySet[Example]":
    """Pages every colleague can read: this person's own, and those that fit the words."""
    fitting = [page.pk for page in examples_matching(person, words, most)]
    return _open_to_everybody(person).filter(Q(by=person) | Q(pk__in=fitting)).order_by("title", "pk")


def can_all_stay(challenge: Challenge, keeping: Collection[int]) -> bool:
    """Whether all ideas of a challenge can be kept still, when those people agreed: who left without a word gave none."""
    return all(seat.until_at is None or seat.person_id in keeping for seat in seats_of(challenge.vault))


def days_to_choose(person: Person) -> tuple[date, date]:
    """The first and the last day a commitment may be for: today where the person is, and a year later."""
    today = clock.today(person.timezone)
    return today, today + A_YEAR


def noticing_words(person: Person, noticing: Noticing) -> tuple[str, str, str]:
    """(when, will, what was seen) as the two may read them."""
    opened = read_all(person, [t for t in (noticing.words, noticing.saw) if t])
    when, _, will = opened.get(noticing.words_id, "").partition("\n")
    return when, will, opened.get(noticing.saw_id, "")


def _open_to_everybody(person: Person) -> "QuerySet[Example]":
    waiting = NameInExample.objects.filter(agreed_at__isnull=True)
    return visible(person, Example).exclude(names__in=waiting)


def _beside(challenge: Challenge) -> list[tuple[str, int, str]]:
    """Who would keep the ideas, and who was invited to notice, in one query."""
    keeps = challenge.keep_together.values_list(Value("keeps"), "person", "person__name")
    notices = Noticing.objects.filter(commitment__playback__challenge=challenge)
    return list(keeps.union(notices.values_list(Value("notices"), "pk", "person__name")))


def _voice(said: dict[int, Voice], spoken: ClarifyingQuestion | Idea) -> Voice:
    return said.get(spoken.by_id) or Voice(spoken.by.name, spoken.by, "")  # gone by now, but it was theirs

"""Talks and pages of the demo world: rows as the verbs of this slice would have left them, written all at once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from grapevine.challenges.models import (
    Challenge,
    ClarifyingQuestion,
    Closing,
    Commitment,
    Example,
    ExampleUse,
    Idea,
    KeepTogether,
    LetFind,
    NameInExample,
    Noticing,
    Outcome,
    Playback,
)
from grapevine.people.models import Person
from grapevine.skills.models import Skill
from grapevine.vaults.models import SealedText, Vault

Seal = Callable[[Vault, str, Person, str, datetime], SealedText]
BATCH = 500


@dataclass
class Talk:
    """How one talk went. What has no time has not happened."""

    bringer: Person
    helper: Person
    vault: Vault
    at: datetime
    title: str
    words: str
    questions: list[tuple[str, datetime, str, datetime | None]] = field(default_factory=list)
    ideas: list[tuple[str, datetime, bool]] = field(default_factory=list)
    got: str = ""
    played_at: datetime | None = None
    when: str = ""
    will: str = ""
    on: date | None = None
    confirmed_at: datetime | None = None
    put_off_at: datetime | None = None
    outcome: tuple[str, str] = ("", "")
    told_at: datetime | None = None
    closed_at: datetime | None = None
    is_kept_together: bool = False


@dataclass(frozen=True)
class Told:
    """The rows of a talk that others point to."""

    challenge: Challenge
    commitment: Commitment | None = None
    outcome: Outcome | None = None


@dataclass
class Rows:
    """Everything of this slice, in memory until `store`."""

    seal: Seal
    challenges: list[Challenge] = field(default_factory=list)
    questions: list[ClarifyingQuestion] = field(default_factory=list)
    ideas: list[Idea] = field(default_factory=list)
    together: list[KeepTogether] = field(default_factory=list)
    playbacks: list[Playback] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    noticings: list[Noticing] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)
    names: list[NameInExample] = field(default_factory=list)
    uses: list[ExampleUse] = field(default_factory=list)
    found: list[LetFind] = field(default_factory=list)

    def tell(self, talk: Talk) -> Told:
        """A challenge from its first words to wherever it has come."""
        challenge = Challenge(
            brought_by=talk.bringer,
            vault=talk.vault,
            at=talk.at,
            title=self._bringer_says(talk, "title", talk.title, talk.at),
            words=self._bringer_says(talk, "challenge", talk.words, talk.at),
        )
        self.challenges.append(challenge)
        self._ask(talk, challenge)
        self._offer(talk, challenge)
        if talk.closed_at:
            self.closings.append(Closing(challenge=challenge, by=talk.bringer, at=talk.closed_at))
        if not talk.played_at:
            return Told(challenge)
        commitment = self._play_back(talk, challenge, talk.played_at)
        return Told(challenge, commitment, self._report(talk, commitment, talk.told_at) if talk.told_at else None)

    def invite(self, talk: Talk, told: Told, person: Person, vault: Vault, at: datetime) -> Noticing:
        """Somebody was invited to notice; `vault` is their own with the bringer."""
        words = self.seal(vault, "commitment", talk.bringer, f"{talk.when}\n{talk.will}", at)
        noticing = Noticing(commitment=told.commitment, person=person, vault=vault, words=words, at=at)
        self.noticings.append(noticing)
        return noticing

    def saw(self, noticing: Noticing, words: str, at: datetime) -> None:
        """They saw it, and said so."""
        noticing.saw, noticing.saw_at = self.seal(noticing.vault, "saw", noticing.person, words, at), at

    def release(self, by: Person, title: str, body: str, skill: Skill | None, at: datetime) -> Example:
        """A page for everybody."""
        example = Example(organisation=by.organisation, by=by, title=title, body=body, skill=skill, released_at=at)
        self.examples.append(example)
        return example

    def name(self, example: Example, person: Person, agreed_at: datetime) -> None:
        """Somebody agreed to be named on a page."""
        self.names.append(NameInExample(example=example, person=person, agreed_at=agreed_at))

    def let_find(self, challenge: Challenge, person: Person, at: datetime) -> None:
        """The bringer would let others find somebody who helped."""
        self.found.append(LetFind(challenge=challenge, person=person, at=at))

    def use(self, example: Example, person: Person, words: str, at: datetime) -> None:
        """Somebody used a page."""
        self.uses.append(ExampleUse(example=example, person=person, words=words, at=at))

    def store(self) -> None:
        """Everything into the database, what is pointed to first."""
        everything: tuple[list[Any], ...] = (
            self.challenges,
            self.questions,
            self.ideas,
            self.together,
            self.playbacks,
            self.commitments,
            self.noticings,
            self.outcomes,
            self.closings,
            self.examples,
            self.names,
            self.uses,
            self.found,
        )
        for rows in filter(None, everything):
            type(rows[0]).objects.bulk_create(rows, batch_size=BATCH)

    def _ask(self, talk: Talk, challenge: Challenge) -> None:
        for words, at, answer, answered_at in talk.questions:
            asked = self.seal(talk.vault, "question", talk.helper, words, at)
            told = self._bringer_says(talk, "answer", answer, answered_at) if answered_at else None
            self.questions.append(
                ClarifyingQuestion(
                    challenge=challenge, by=talk.helper, words=asked, answer=told, at=at, answered_at=answered_at
                )
            )

    def _offer(self, talk: Talk, challenge: Challenge) -> None:
        """Ideas nobody kept are gone once it is closed, unless the two agreed."""
        for words, at, is_kept in talk.ideas:
            if is_kept or not talk.closed_at or talk.is_kept_together:
                text = self.seal(talk.vault, "idea", talk.helper, words, at)
                kept_at = talk.played_at if is_kept else None
                self.ideas.append(Idea(challenge=challenge, by=talk.helper, words=text, at=at, kept_at=kept_at))
        if talk.is_kept_together and talk.played_at:
            both = (talk.bringer, talk.helper)
            self.together += [KeepTogether(challenge=challenge, person=p, at=talk.played_at) for p in both]

    def _play_back(self, talk: Talk, challenge: Challenge, at: datetime) -> Commitment:
        assert talk.on
        playback = Playback(challenge=challenge, got=talk.got, at=at)
        commitment = Commitment(
            playback=playback,
            on=talk.on,
            zone=talk.bringer.timezone,
            confirmed_at=talk.confirmed_at,
            put_off_at=talk.put_off_at,
            when=self._bringer_says(talk, "when", talk.when, at),
            will=self._bringer_says(talk, "will", talk.will, at),
        )
        self.playbacks.append(playback)
        self.commitments.append(commitment)
        return commitment

    def _report(self, talk: Talk, commitment: Commitment, at: datetime) -> Outcome:
        kind, words = talk.outcome
        said = self._bringer_says(talk, "outcome", words, at) if words else None
        outcome = Outcome(commitment=commitment, kind=kind, words=said, at=at)
        self.outcomes.append(outcome)
        return outcome

    def _bringer_says(self, talk: Talk, kind: str, words: str, at: datetime) -> SealedText:
        return self.seal(talk.vault, kind, talk.bringer, words, at)

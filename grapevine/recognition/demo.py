"""Thanks and stories of the demo world, as `thank`, `tell_story`, `hear` and `agree_showing` would have left them."""

from dataclasses import dataclass, field
from datetime import datetime

from grapevine.challenges.models import Challenge
from grapevine.people.models import Person
from grapevine.recognition.models import HelperStory, Recognition, Thanks
from grapevine.vaults.models import SealedText

BATCH = 500


@dataclass
class Rows:
    """Everything of this slice, in memory until `store`."""

    thanks: list[Thanks] = field(default_factory=list)
    stories: list[HelperStory] = field(default_factory=list)

    def thank(self, challenge: Challenge | None, by: Person, person: Person, words: SealedText, at: datetime) -> Thanks:
        """Thanks in words."""
        said = Thanks(challenge=challenge, by=by, person=person, words=words, at=at)
        self.thanks.append(said)
        return said

    def tell(
        self, challenge: Challenge, person: Person, words: SealedText | None, outcome: str, at: datetime
    ) -> HelperStory:
        """What came of it, told to the helper."""
        story = HelperStory(
            challenge=challenge, by=challenge.brought_by, person=person, words=words, outcome=outcome, at=at
        )
        self.stories.append(story)
        return story

    def store(self) -> None:
        """Everything into the database."""
        Thanks.objects.bulk_create(self.thanks, batch_size=BATCH)
        HelperStory.objects.bulk_create(self.stories, batch_size=BATCH)


def show(said: Recognition, words: str, by_agrees_at: datetime, person_agrees_at: datetime | None = None) -> None:
    """The one who said it would show it; when the other agrees too, it is open."""
    said.by_agrees_at, said.person_agrees_at = by_agrees_at, person_agrees_at
    said.open_words = words if person_agrees_at else ""

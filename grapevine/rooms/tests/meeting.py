"""Sessions of the people everybody knows, for the tests beside this one."""

from types import SimpleNamespace

from grapevine.kernel import clock
from grapevine.rooms import actions, queries
from grapevine.rooms.formats import own_copy
from grapevine.rooms.models import Participant, Session


class Meeting(SimpleNamespace):
    """A session of `people`, who are known by their keys: `meeting.luis` is his place in it."""

    def __init__(self, people, format, roles=None, **how):  # noqa: A002
        first = next(iter(roles.values())) if roles else next(iter(people.values()))
        others = [person for person in people.values() if person != first]
        self.session = actions.plan_session(
            by=first, format=own_copy(format), planned_at=clock.now(), people=others, roles=roles or {}, **how
        )
        self.people = people
        for key, person in people.items():
            setattr(self, key, Participant.objects.select_related("person").get(session=self.session, person=person))

    def all_come(self):
        for key in self.people:
            actions.enter(by=getattr(self, key))
        return self

    def begins(self):
        self.all_come()
        actions.open_session(by=getattr(self, next(k for k in self.people if self.may_open(k))))
        return self

    def may_open(self, key):
        chair = self.state.chair
        return chair in (None, getattr(self, key).pk)

    def comes_to(self, mode):
        """On until a step of this mode."""
        by = Participant.objects.select_related("person").get(pk=self.state.chair)
        while self.state.mode != mode:
            actions.advance(by=by, step=self.state.step)
        return self

    @property
    def state(self):
        return queries.state_of(Session.objects.get(pk=self.session.pk))

    def scene(self, key):
        me = Participant.objects.select_related("person").get(pk=getattr(self, key).pk)
        return queries.scene(Session.objects.select_related("vault").get(pk=self.session.pk), me)

    def url(self, part=""):
        return f"/rooms/{self.session.pk}/{part}"

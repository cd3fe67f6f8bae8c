"""Running the place: people and offices, never words."""

from grapevine.kernel import clock
from grapevine.kernel.policy import check
from grapevine.people.models import Administrator, PeopleList, Person


def make_administrator(*, by: Person | None, person: Person) -> Administrator:
    """This person helps to run the place. `by` is empty for the first one, who is named on the server."""
    office, _ = Administrator.objects.get_or_create(person=person, defaults={"since_at": clock.now(), "by": by})
    return office


def withdraw_administrator(*, by: Person, office: Administrator) -> None:
    """This person does not run the place any more. The last one who does stays."""
    check(by, "withdraw", office)
    office.delete()


def look_at_list(*, by: Person, name: str, body: bytes) -> PeopleList:
    """Keep a file of people until it is brought in, instead of the one looked at before."""
    looked, _ = PeopleList.objects.update_or_create(by=by, defaults={"name": name, "body": body, "at": clock.now()})
    return looked


def forget_list(*, by: Person) -> None:
    """The file that was looked at is gone."""
    PeopleList.objects.filter(by=by).delete()

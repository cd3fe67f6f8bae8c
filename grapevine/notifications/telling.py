"""What subscribers share: finding the person, and the line in their inbox."""

from grapevine.notifications.actions import tell
from grapevine.notifications.queries import address_of
from grapevine.people.models import Person


def tell_about(
    to: int,
    kind: str,
    about: object,
    page: str,
    *,
    by: Person | None = None,
    alias: str = "",
    page_of: object = None,
    key: str = "",
) -> None:
    """A line of this kind for somebody, leading to `page` of `page_of` (or of what it is about)."""
    if person := find(to):
        url = address_of(page, page_of or about)
        tell(person=person, kind=kind, about=about, url=url, by=by, alias=alias, key=key)


def find(pk: int) -> Person | None:
    """The person, if there is one."""
    return Person.objects.filter(pk=pk).first()

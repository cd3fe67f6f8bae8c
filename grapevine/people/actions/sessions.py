"""Where somebody is signed in, and how that ends."""

from allauth.usersessions.models import UserSession

from grapevine.people.models import Account, Person


def end_session(*, by: Person, pk: int) -> None:
    """Sign out one of the person's own browsers."""
    for session in UserSession.objects.filter(user=by.account, pk=pk):
        session.end()


def end_sessions(*, account: Account) -> None:
    """Sign the account out everywhere, at once: what sessions are bound to is thrown away."""
    account.set_unusable_password()
    account.save(update_fields=["password"])
    for session in UserSession.objects.filter(user=account):
        session.end()

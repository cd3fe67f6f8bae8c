"""Whose key it is, in one query: the account with its person, and all a page needs to know of them."""

from allauth.account.auth_backends import AuthenticationBackend

from grapevine.kernel.policy import one_or_none
from grapevine.people.models import Account

WITH_PERSON = ("person__organisation", "person__unit", "person__administrator")


class KeyBackend(AuthenticationBackend):
    """Signs in as allauth does; finds the account of a session together with its person."""

    def get_user(self, user_id: int) -> Account | None:
        """The active account, or None."""
        active = Account.objects.select_related(*WITH_PERSON).filter(pk=user_id, is_active=True)
        return one_or_none(active)

"""The key to the door, and nothing else."""

from secrets import token_urlsafe

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.db.models.functions import Lower


class AccountManager(BaseUserManager["Account"]):
    """Accounts are found by mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """The account with this address."""
        return self.get(email=(username or "").lower())


class Account(AbstractBaseUser):
    """Signs in by a code sent to `email` or by a passkey. There is no password, no staff flag, no superuser."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)

    objects = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="account_address_is_lower_case"),
        )

    def __str__(self) -> str:
        return f"account {self.pk}"

    def set_unusable_password(self) -> None:
        """Bind sessions to something new: those of before end."""
        self.password = UNUSABLE_PASSWORD_PREFIX + token_urlsafe(30)

    def has_usable_password(self) -> bool:
        """Nobody has a password; the column only holds what sessions are bound to."""
        return False

"""The door: nobody signs up, people sign in by a code from their mail or by a passkey."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.stages import LoginByCodeStage
from allauth.mfa.signals import authenticator_added
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grapevine.people import queries, tasks
from grapevine.people.models import Account

CODE_STAGE = "allauth.account.stages.LoginByCodeStage"
LOGIN_CODE = "account/email/login_code"
CODE_SENT = "account/messages/login_code_sent.txt"
# allauth's toasts that say what the page says anyway
UNSAID = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}


class AccountAdapter(DefaultAccountAdapter):
    """Tells nobody whether an address is known: page, answer and the work done for it are the same."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": gettext_lazy("This is not the code of the last mail. Please look once more."),
        "too_many_login_attempts": gettext_lazy("That was often. Wait a few minutes, then ask for a new code."),
        "rate_limited": gettext_lazy("That was often. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's
        """People come by their organisation's list."""
        return False

    def get_login_stages(self) -> list[str]:
        """Whoever goes back to the door while a code is on its way may name another address."""
        own = f"{CodeStage.__module__}.{CodeStage.__qualname__}"
        return [own if stage == CODE_STAGE else stage for stage in super().get_login_stages()]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The passkey first: spare codes are for the day it is lost."""
        return sorted(super().get_reauthentication_methods(user), key=lambda way: "webauthn" not in way["id"])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail after the answer, from a task. A code waits for `add_message`, which strangers reach, too."""
        if template_prefix == LOGIN_CODE:
            context["request"].login_code = context["code"]
            return
        message = self.render_mail(template_prefix, email, context)
        tasks.mail.enqueue(email, str(message.subject), str(message.body))

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """`The code is on its way` is said for known and unknown addresses alike, so that is where the mail leaves."""
        if message_template == CODE_SENT:
            self._mail_code(request, (args[0] if args else kwargs["message_context"])["email"])
        elif message_template not in UNSAID:
            super().add_message(request, level, message_template, *args, **kwargs)

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:  # noqa: ARG002
        """A passkey of somebody who left opens nothing."""
        messages.error(
            request, _("This does not open Grapevine any more. Ask your organisation whether you are on its list.")
        )
        return HttpResponseRedirect(reverse("account_login"))

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse | None:
        """Only who belongs here comes in, whatever key they hold."""
        # in this request only: it is how allauth is told to forget what the visitor had begun
        user.is_active = queries.person_of(user.pk) is not None
        return super().pre_login(request, user, **kwargs)

    def _mail_code(self, request: HttpRequest, email: str) -> None:
        """The same work for a stranger, whose mail then goes to nobody."""
        language = queries.language_at(email)
        code = getattr(request, "login_code", "") if language else ""
        with translation.override(language or translation.get_language()):
            words = {"code": code or self.generate_login_code()}
            subject = render_to_string(f"{LOGIN_CODE}_subject.txt", words).strip()
            body = render_to_string(f"{LOGIN_CODE}_message.txt", words).strip()
        # lower case is how the account has it, or it would not have been found
        tasks.mail.enqueue(email.lower() if code else "", subject, body)


class CodeStage(LoginByCodeStage):
    """Waiting for the code, without keeping anybody from the page where the address is typed."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        if self.login.user is None:
            queries.look_for_nobody()

    def is_resumable(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's
        """The door shows itself."""
        return False


@receiver(authenticator_added)
def show_who_one_is(request: HttpRequest, user: Account, authenticator: Any, **_others: Any) -> None:
    """Whoever has just made a passkey need not show it again to read the spare codes."""
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True)


def name_of(account: Account) -> str:
    """What a passkey is called in the device that keeps it: the person, not a number."""
    person = queries.person_of(account.pk)
    return person.name if person else account.email

"""Mails about signing in, and what is forgotten after a day. Everything else is mailed by `notifications`."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import task

from grapevine.kernel import clock, jobs
from grapevine.people.models import PeopleList, Person

LISTS_KEPT = timedelta(days=1)


@task()
def mail(to: str, subject: str, body: str) -> None:
    """One plain mail. Without an address nothing is sent: the task itself is what a stranger's visit leaves, too."""
    if to:
        EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to]).send()


@task()
def tell_old_address(person: int, address: str) -> None:
    """Tell the address that opened somebody's door so far that it does not any more."""
    moved = Person.objects.get(pk=person)
    with translation.override(moved.language):
        subject = render_to_string("account/email/address_moved_subject.txt").strip()
        body = render_to_string("account/email/address_moved_message.txt", {"person": moved}).strip()
    mail.func(address, subject, body)


@jobs.on_tick
def forget_old_lists() -> None:
    """A list of people that nobody brought in within a day is gone."""
    PeopleList.objects.filter(at__lt=clock.now() - LISTS_KEPT).delete()

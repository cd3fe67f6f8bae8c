"""Words about people's time: `{{ person.timezone|zone_name }}`."""

from django import template

from grapevine.people import choices

register = template.Library()
register.filter("zone_name", choices.zone_name)

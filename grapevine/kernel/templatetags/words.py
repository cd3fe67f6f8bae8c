"""People's words in templates: `{{ example.body|markdown }}`."""

from django import template

from grapevine.kernel import text

register = template.Library()
register.filter("markdown", text.markdown)
register.filter("shorten", text.shorten)

import ast

from tests.architecture import translations
from tests.architecture.translations import in_python, in_template, read, said, unfinished, update


def test_words_are_found_in_python():
    code = "_('one'); ngettext('a day', '%(n)s days', n); pgettext('verb', 'ask'); _(variable)"
    assert [*in_python(ast.parse(code))] == [(None, "one"), (None, ("a day", "%(n)s days")), ("verb", "ask")]


def test_words_are_found_in_templates():
    page = """{% load i18n %}<c-card title="{% trans 'Say "here"' %}">{% blocktrans trimmed with n=name %}
        Hello {{ n }}
        {% endblocktrans %}{% blocktrans count n=days %}a day{% plural %}{{ n }} days{% endblocktrans %}
        {% trans "May" context "month" %} {{ _("inside") }}</c-card>"""
    assert {*in_template(page)} == {
        (None, 'Say "here"'),
        (None, "Hello %(n)s"),
        (None, ("a day", "%(n)s days")),
        ("month", "May"),
        (None, "inside"),
    }


def test_a_catalogue_is_brought_up_to_date_and_says_what_is_open(tmp_path, monkeypatch):
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    file = tmp_path / "de" / "LC_MESSAGES" / "django.po"
    update(file, {(None, "Ask"): ["a.py"], (None, "Gone"): ["a.py"]})
    file.write_text(file.read_text().replace('msgid "Ask"\nmsgstr ""', 'msgid "Ask"\nmsgstr "Fragen"'))
    known = {(None, "Ask"): ["a.py"], (None, ("a day", "%(n)s days")): ["b.html"]}
    update(file, known)
    assert [str(m.id) for m in read(file) if m.id] == ["Ask", "('a day', '%(n)s days')"]
    assert [*unfinished(file, known)] == ["de/LC_MESSAGES/django.po: unfinished: ('a day', '%(n)s days') (b.html)"]
    before = file.read_text()
    update(file, known)
    assert file.read_text() == before


def test_the_sources_say_something():
    assert said()

"""A form as a browser without JavaScript reads it from a page and sends it."""

from html.parser import HTMLParser


class Form(HTMLParser):
    """The fields of the form with this id and what they would send, line ends as browsers write them."""

    def __init__(self, page, id_):
        super().__init__()
        self.fields, self.buttons = {}, {}
        self._id, self._is_inside, self._box, self._pressed = id_, False, "", ()
        self.feed(page)

    def press(self, label="", **changes):
        """What is sent when the button with this label is pressed."""
        button = dict([self.buttons[label]]) if label else {}
        return (
            {name: [v.replace("\n", "\r\n") for v in values] for name, values in self.fields.items()} | changes | button
        )

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        if tag == "form":
            self._is_inside = known.get("id") == self._id
        elif self._is_inside and tag == "textarea":
            self._box = known["name"]
            self.fields[self._box] = [""]
        elif self._is_inside and tag == "button":
            self._pressed = (known.get("name", ""), known.get("value", ""))
        elif self._is_inside and tag == "input" and _is_sent(known):
            self.fields.setdefault(known["name"], []).append(known.get("value", "on"))

    def handle_endtag(self, tag):
        self._box = "" if tag == "textarea" else self._box
        self._pressed = () if tag == "button" else self._pressed
        self._is_inside = self._is_inside and tag != "form"

    def handle_data(self, data):
        if self._box:
            self.fields[self._box] = [data.removeprefix("\n")]
        elif self._pressed and data.strip():
            self.buttons[data.strip()] = self._pressed


def _is_sent(field):
    is_ticked = field["type"] not in {"radio", "checkbox"} or "checked" in field
    return is_ticked and field["name"] not in {"once", "csrfmiddlewaretoken"}

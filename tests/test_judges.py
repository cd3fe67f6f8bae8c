from tests.judges import html_errors

GOOD = "<!DOCTYPE html><html lang='en'><head><title>Good</title></head><body><p>Good</p></body></html>"


def test_the_html_checker_judges(tmp_path):
    bad = GOOD.replace("<p>Good</p>", "<p><div>Bad</div></p>")
    (error,) = html_errors({"good": GOOD, "bad": bad}, tmp_path)
    assert error.startswith("bad:1 No “p” element in scope but a “p” end tag seen.")

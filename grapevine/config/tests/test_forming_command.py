"""`grapevine circles form`: a cohort in, circles and reasons out."""

import json

import pytest

from grapevine.config.cli import main


def test_the_command_prints_circles_and_reasons(tmp_path, capsys):
    people = [{"id": n, "slots": [3], "languages": ["en"]} for n in range(8)] + [
        {"id": 8, "slots": [4], "languages": ["en"], "manager": 1}
    ]
    file = tmp_path / "cohort.json"
    file.write_text(json.dumps({"applicants": people}))
    assert main(["circles", "form", str(file), "--seed", "1", "--seconds", "5"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["waiting"] == [{"id": 8, "reason": "times", "facts": {"others": 0}}]
    assert [sorted(circle) for circle in printed["circles"]] == [list(range(8))]


@pytest.mark.parametrize(
    ("text", "said"),
    [("{}", "lacks 'applicants'"), ("[", "is not a cohort"), ('{"applicants": [{"id": 1}]}', "lacks 'slots'")],
)
def test_a_file_that_is_no_cohort_is_refused(tmp_path, capsys, text, said):
    file = tmp_path / "cohort.json"
    file.write_text(text)
    assert main(["circles", "form", str(file)]) == 2
    assert said in capsys.readouterr().err
    assert main(["circles", "form", str(tmp_path / "none.json")]) == 2

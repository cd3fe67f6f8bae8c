"""What is new and what changed, in one transaction. The only place of the importer that writes."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from grapevine.kernel import clock
from grapevine.people.models import Organisation
from grapevine.skills.importing.shapes import FrameworkRead, Rejected, SkillRead
from grapevine.skills.models import Framework, Level, Skill

WRITTEN = ("name", "sentence", "signs", "also", "others")
BATCH = 500


@dataclass
class Outcome:
    """What became of a file."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)


def bring_in(read: FrameworkRead, *, organisation: Organisation | None = None, dry_run: bool = False) -> Outcome:
    """Write what was read, unless something in it is wrong; with `dry_run` only say what would be written."""
    if read.rejected:
        return Outcome(rejected=list(read.rejected))
    with transaction.atomic():
        outcome = _write(_framework(read, organisation), read.skills)
        transaction.set_rollback(dry_run)
    return outcome


def _framework(read: FrameworkRead, organisation: Organisation | None) -> Framework:
    """One row a framework for everybody here, and one for each organisation that brings it in for itself."""
    key = f"{read.key}@{organisation.pk}" if organisation else read.key
    said = {"name": read.name, "source": read.source, "licence": read.licence, "others": dict(read.others)}
    fixed = {"organisation": organisation, "imported_at": clock.now()}
    return Framework.objects.update_or_create(key=key, defaults=said | fixed)[0]


def _write(framework: Framework, skills: tuple[SkillRead, ...]) -> Outcome:
    known = {skill.key: skill for skill in framework.skills.prefetch_related("levels")}
    new = [Skill(framework=framework, key=read.key, **_words(read)) for read in skills if read.key not in known]
    changed = [_rewritten(known[r.key], r) for r in skills if r.key in known and _differs(known[r.key], r)]
    Skill.objects.bulk_create(new, batch_size=BATCH)
    Skill.objects.bulk_update(changed, WRITTEN, batch_size=BATCH)
    for n in range(0, len(changed), BATCH):
        Level.objects.filter(skill__in=changed[n : n + BATCH]).delete()
    _write_levels([*new, *changed], {read.key: read for read in skills})
    return Outcome(created=len(new), updated=len(changed), unchanged=len(skills) - len(new) - len(changed))


def _write_levels(skills: list[Skill], reads: dict[str, SkillRead]) -> None:
    Level.objects.bulk_create(
        (
            Level(skill=skill, rank=rank, name=name[:80], words=words)
            for skill in skills
            for rank, (name, words) in enumerate(reads[skill.key].levels, 1)
        ),
        batch_size=BATCH,
    )


def _words(read: SkillRead) -> dict[str, Any]:
    return {
        "name": read.name,
        "sentence": read.sentence,
        "signs": list(read.signs),
        "also": "\n".join(read.also),
        "others": dict(read.others),
    }


def _differs(skill: Skill, read: SkillRead) -> bool:
    levels = [(level.name, level.words) for level in skill.levels.all()]
    said = {name: getattr(skill, name) for name in WRITTEN}
    return said != _words(read) or levels != [(name[:80], words) for name, words in read.levels]


def _rewritten(skill: Skill, read: SkillRead) -> Skill:
    for name, words in _words(read).items():
        setattr(skill, name, words)
    return skill

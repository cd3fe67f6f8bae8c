"""Circles formed at size, as the command line forms them: how long, how much memory, and what a judge of others says.

    python -m tests.bench.forming            seeds 1 to 5 of 200, 1,000 and 5,000 people, and small ones against the optimum
    SEEDS=1 SIZES=200 python -m ...          some of it

The generator and the judge are not part of the project; they lie beside the checkout, or where COHORT_TOOLS says.

A row says: seconds on the wall, of the processor, and the load of the machine after it; the share of people placed, the
most there can be, and the one of the other; the score, that of rarest first alone and of exchanges alone; pairs who have met;
how many of those who speak the language of most, and of the others, sit; the gap between them in points, and the least there
can be, with as many placed, and with as few as the limit allows; `hurried` when the time was not enough for all rounds.
"""

import importlib.util
import itertools
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from tests.bench.gaps import SMALLEST, Groups, groups, most_others

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "tools" / "circle_instances.py"
GRAPEVINE = Path(sys.executable).with_name("grapevine")
SECONDS = {200: 5, 1_000: 15, 5_000: 120}
SHARE = {200: 0.98, 1_000: 0.985, 5_000: 0.99}  # of the people whom any circles could hold
MEMORY = 1_024  # MB
MET_AGAIN = 0.01
GAP = 5  # points between those who speak the language of most and the others, where that is possible
THINKING = 0.7  # of the seconds; the rest is for starting, reading and printing
OF_OPTIMUM = 0.97
SMALL, SMALL_SEEDS = 40, range(1, 11)


HEADER = (
    f"{'people':>7}{'seed':>5}{'wall s':>8}{'cpu s':>7}{'load':>6}{'MB':>5}{'placed':>8}{'most':>7}{'share':>7}{'score':>7}"
    f"{'greedy':>8}{'anneal':>8}{'met':>7}{'english':>13}{'others':>10}{'gap':>6}{'least':>7}{'at limit':>9}"
)


class Run(NamedTuple):
    judged: dict
    seconds: float
    processor: float
    memory: float
    hurried: bool
    groups: Groups


class Gap(NamedTuple):
    """The least there can be: with as many people placed, and with as few as the limit allows."""

    same: float
    fewest: float


def main() -> int:
    """Measure and print; 1 when a limit is missed."""
    tools = instances()
    if tools is None:
        print("forming: not measured, the generator of cohorts is not here")
        return 0
    seeds = [int(one) for one in os.environ.get("SEEDS", "1,2,3,4,5").split(",")]
    sizes = [int(one) for one in os.environ.get("SIZES", "200,1000,5000").split(",")]
    print(HEADER)
    missed = [_row(tools, size, seed) for size in sizes for seed in seeds]
    return max([_against_the_optimum(tools), *missed])


def instances() -> ModuleType | None:
    """The generator and judge, where they are."""
    file = Path(os.environ.get("COHORT_TOOLS", BESIDE))
    if not file.exists():
        return None
    spec = importlib.util.spec_from_file_location("circle_instances", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _row(tools: ModuleType, size: int, seed: int) -> int:
    cohort = _as_read(tools.generate(size, seed))
    run = _form(tools, cohort, seed, SECONDS[size])
    most = _most(tools, cohort)
    least = _least_gap(cohort, run.groups, SHARE[size] * most)
    greedy, anneal = _one_phase_each(tools, cohort, seed) if size <= 1_000 else ("-", "-")
    missed = [name for name, is_missed in _limits(size, run, most, least).items() if is_missed]
    print(
        f"{size:7,}{seed:5}", _measured(run, most), f"{greedy:>8}{anneal:>8}", _shared_out(run, least), sep="", end=""
    )
    print("  hurried" * run.hurried, f"  MISSED {', '.join(missed)}" * bool(missed), sep="", flush=True)
    return int(bool(missed))


def _measured(run: Run, most: int) -> str:
    people, placed = sum(run.groups[:2]), sum(run.groups[2:])
    return (
        f"{run.seconds:8.1f}{run.processor:7.1f}{os.getloadavg()[0]:6.1f}{run.memory:5.0f}{placed / people:8.4f}"
        f"{most / people:7.3f}{placed / most:7.3f}{run.judged['score']:7.3f}"
    )


def _shared_out(run: Run, least: Gap | None) -> str:
    english, others, english_placed, others_placed = run.groups
    bound = f"{least.same:7.1f}{least.fewest:9.1f}" if least else f"{'-':>7}{'-':>9}"
    sat = f"{f'{english_placed:,}/{english:,}':>13}{f'{others_placed}/{others}':>10}"
    return f"{1 - run.judged['not_met']:7.3f}{sat}{run.groups.gap:6.1f}{bound}"


def _limits(size: int, run: Run, most: int, least: Gap | None) -> dict[str, bool]:
    judged = run.judged
    return {
        "valid": judged["valid"] < judged["circles"],
        "reasons": judged["unplaced_without_reason"] > 0,
        "together": judged["together_broken"] > 0,
        "placed": sum(run.groups[2:]) < SHARE[size] * most,
        "gap": least is not None and least.same <= GAP,
        "met again": size >= 1_000 and 1 - judged["not_met"] > MET_AGAIN,
        "time": run.seconds > SECONDS[size],
        "memory": run.memory > MEMORY,
    }


def _least_gap(cohort: dict, found: Groups, fewest: float) -> Gap | None:
    """Where the gap is wider than it should be: nobody could have made it smaller than this."""
    if found.gap <= GAP:
        return None
    others = most_others(cohort)
    return Gap(found.least_gap(sum(found[2:]), others), found.least_gap(math.ceil(fewest), others))


def _form(tools: ModuleType, cohort: dict, seed: int, seconds: float) -> Run:
    """The command in a process of its own, its start and all reading included."""
    with tempfile.TemporaryDirectory(prefix="grapevine-forming-") as where:
        file, printed = Path(where, "cohort.json"), Path(where, "proposal.json")
        file.write_text(json.dumps(cohort))
        began = time.perf_counter()
        with printed.open("w") as out:
            words = [GRAPEVINE, "circles", "form", file, "--seed", str(seed), "--seconds", str(seconds * THINKING)]
            process = subprocess.Popen(words, stdout=out)
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        took = time.perf_counter() - began
        if process.returncode:
            raise SystemExit(f"the command ended with {process.returncode}")
        proposal = json.loads(printed.read_text())
        return Run(
            judged=tools.judge(cohort, proposal),
            seconds=took,
            processor=used.ru_utime + used.ru_stime,
            memory=used.ru_maxrss / 1_024,
            hurried=proposal["was_hurried"],
            groups=groups(cohort, proposal["circles"]),
        )


def _most(tools: ModuleType, cohort: dict) -> int:
    """The most people any circles could hold: proven up to 1,000 people; beyond, who has company at all."""
    people = cohort["applicants"]
    if len(people) <= 1_000:
        return round(tools.ceiling(cohort)["ceiling"] * len(people))
    at = defaultdict(set)
    for one in people:
        for place in itertools.product(one["slots"], one["languages"]):
            at[place].add(one["id"])
    return len(set().union(*(company for company in at.values() if len(company) >= SMALLEST)))


def _one_phase_each(tools: ModuleType, cohort: dict, seed: int) -> tuple[str, str]:
    """The score of rarest first alone, and of exchanges alone, which begin with whoever comes first."""
    import numpy as np

    from grapevine.circles.forming.deadline import Deadline
    from grapevine.circles.forming.files import read_cohort
    from grapevine.circles.forming.filling import fill
    from grapevine.circles.forming.improving import improve
    from grapevine.circles.forming.numbered import number

    numbered, rng, until = number(*read_cohort(cohort)), np.random.default_rng(seed), Deadline.after(60)
    greedy = fill(numbered, [], until)
    anyhow = fill(numbered, [], until, np.exp(3 * rng.normal(size=len(numbered))).tolist())
    both = (greedy, improve(numbered, anyhow, rng, until))
    scores = [tools.judge(cohort, {"circles": [list(circle) for circle in circles]})["score"] for circles in both]
    return f"{scores[0]:.3f}", f"{scores[1]:.3f}"


def _against_the_optimum(tools: ModuleType) -> int:
    """Small cohorts, against the best choice among all circles there are, found in another way."""
    from grapevine.circles.forming import form_circles
    from grapevine.circles.forming.files import read_cohort
    from grapevine.circles.tests.cohorts import optimum

    shares = []
    for seed in SMALL_SEEDS:
        people, rules = read_cohort(_as_read(tools.generate(SMALL, seed)))
        _, best = optimum(people, rules, for_each=0)
        shares.append(form_circles(people, rules, seed, seconds=10).score * len(people) / best if best else 1.0)
    print(f"{SMALL} people, {len(shares)} seeds: {min(shares):.3f} of the optimal score at least (limit {OF_OPTIMUM})")
    return int(min(shares) < OF_OPTIMUM)


def _as_read(cohort: dict) -> dict:
    """Pairs as the judge wants them: a file has lists."""
    return cohort | {name: [tuple(pair) for pair in cohort[name]] for name in ("met", "apart", "together")}


if __name__ == "__main__":
    sys.exit(main())

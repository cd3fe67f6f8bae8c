"""Circles formed at size, as the command line forms them: how long, how much memory, and what a judge of others says.

    python -m tests.bench.forming            seeds 1 to 5 of 200, 1,000 and 5,000 people, and small ones against the optimum
    SEEDS=1 SIZES=200 python -m ...          some of it

The generator and the judge are not part of the project; they lie beside the checkout, or where COHORT_TOOLS says.
"""

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "tools" / "circle_instances.py"
GRAPEVINE = Path(sys.executable).with_name("grapevine")
SECONDS = {200: 5, 1_000: 15, 5_000: 120}
SHARE = {200: 0.98, 1_000: 0.985, 5_000: 0.99}  # of the people whom any circles could hold
MEMORY = 1_024  # MB
MET_AGAIN = 0.01
OF_OPTIMUM = 0.97
SMALL, SMALL_SEEDS = 40, range(1, 11)


class Run(NamedTuple):
    judged: dict
    seconds: float
    processor: float
    memory: float


def main() -> int:
    """Measure and print; 1 when a limit is missed."""
    tools = instances()
    if tools is None:
        print("forming: not measured, the generator of cohorts is not here")
        return 0
    seeds = [int(one) for one in os.environ.get("SEEDS", "1,2,3,4,5").split(",")]
    sizes = [int(one) for one in os.environ.get("SIZES", "200,1000,5000").split(",")]
    print(
        f"{'people':>7}{'seed':>5}{'s':>7}{'cpu s':>7}{'MB':>6}{'placed':>8}{'ceiling':>8}{'share':>7}{'score':>7}",
        end="",
    )
    print(f"{'greedy':>8}{'anneal':>8}{'met':>7}{'english':>8}{'others':>8}")
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
    judged, most = run.judged, _ceiling(tools, cohort)
    share = judged["placed"] / most
    greedy, anneal = _one_phase_each(tools, cohort, seed) if size <= 1_000 else ("-", "-")
    print(
        f"{size:7,}{seed:5}{run.seconds:7.1f}{run.processor:7.1f}{run.memory:6.0f}{judged['placed']:8.3f}{most:8.3f}{share:7.3f}",
        end="",
    )
    print(f"{judged['score']:7.3f}{greedy:>8}{anneal:>8}{1 - judged['not_met']:7.3f}", end="")
    print(f"{judged['placed_english']:8.3f}{judged['placed_others']:8.3f}", end="")
    missed = [name for name, is_missed in _limits(size, run, share).items() if is_missed]
    print(f"  MISSED {', '.join(missed)}" if missed else "", flush=True)
    return int(bool(missed))


def _limits(size: int, run: Run, share: float) -> dict[str, bool]:
    judged = run.judged
    return {
        "valid": judged["valid"] < judged["circles"],
        "reasons": judged["unplaced_without_reason"] > 0,
        "together": judged["together_broken"] > 0,
        "placed": share < SHARE[size],
        "met again": size >= 1_000 and 1 - judged["not_met"] > MET_AGAIN,
        "time": run.seconds > SECONDS[size],
        "memory": run.memory > MEMORY,
    }


def _form(tools: ModuleType, cohort: dict, seed: int, seconds: float) -> Run:
    """The command in a process of its own, its start and all reading included."""
    with tempfile.TemporaryDirectory(prefix="grapevine-forming-") as where:
        file, printed = Path(where, "cohort.json"), Path(where, "proposal.json")
        file.write_text(json.dumps(cohort))
        began = time.perf_counter()
        with printed.open("w") as out:
            words = [GRAPEVINE, "circles", "form", file, "--seed", str(seed), "--seconds", str(seconds * 0.6)]
            process = subprocess.Popen(words, stdout=out)
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        took = time.perf_counter() - began
        if process.returncode:
            raise SystemExit(f"the command ended with {process.returncode}")
        return Run(
            tools.judge(cohort, json.loads(printed.read_text())),
            took,
            used.ru_utime + used.ru_stime,
            used.ru_maxrss / 1_024,
        )


def _ceiling(tools: ModuleType, cohort: dict) -> float:
    """The share of people any circles could hold: proven up to 1,000 people; beyond, who has company at all."""
    from grapevine.circles.forming.files import read_cohort
    from grapevine.circles.forming.numbered import number

    numbered = number(*read_cohort(cohort))
    company = {u for units in numbered.places(numbered.units).values() if sum(map(len, units)) >= 5 for u in units}
    most = sum(map(len, company)) / len(numbered)
    return min(most, tools.ceiling(cohort)["ceiling"]) if len(numbered) <= 1_000 else most


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

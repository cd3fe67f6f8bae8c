"""The demo as somebody meets it who has just fetched Grapevine: its first start, the world it builds, its second start."""

import os
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

DEMO = Path(__file__).resolve().parents[2] / "bin" / "demo"
LIMITS = {"first start": 60, "demo world": 10, "second start": 5}  # seconds; the packages are here already


def measure() -> int:
    """Start twice, print; 1 when a limit is missed."""
    with tempfile.TemporaryDirectory(prefix="grapevine-bench-demo-") as where:
        first, world = _start(where)
        second, _ = _start(where)
    print(f"{'':14}{'s':>9}{'limit s':>9}{'of limit':>10}")
    return max(_row(*row) for row in zip(LIMITS, (first, world, second), strict=True))


def _row(name: str, seconds: float) -> int:
    missed = seconds > LIMITS[name]
    print(f"{name:14}{seconds:9.1f}{LIMITS[name]:9}{seconds / LIMITS[name]:10.2f}{'  MISSED' if missed else ''}")
    return int(missed)


def _start(where: str) -> tuple[float, float]:
    """Seconds until a page answers, and those of them that the world took."""
    began = time.perf_counter()
    command = [DEMO, "--no-open"]
    with subprocess.Popen(
        command, env=_environ(where), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as demo:
        try:
            world, address = _said(demo)
            while not _answers(f"{address}/healthz"):
                time.sleep(0.02)
            return time.perf_counter() - began, world
        finally:
            demo.terminate()


def _environ(where: str) -> dict[str, str]:
    ours = ("GRAPEVINE_", "DATABASE_", "DJANGO_")
    return {name: text for name, text in os.environ.items() if not name.startswith(ours)} | {
        "GRAPEVINE_DATA_DIR": where
    }


def _said(demo: "subprocess.Popen[str]") -> tuple[float, str]:
    """How long the world took by what the terminal says (without one: the whole start), and the address."""
    began = time.perf_counter()
    for line in demo.stdout:
        if line.startswith("Building the demo world"):
            began = time.perf_counter()
        elif " is at " in line:
            return time.perf_counter() - began, line.split(" is at ")[1].split()[0]
    raise SystemExit("the demo did not start")


def _answers(address: str) -> bool:
    try:
        return urllib.request.urlopen(address, timeout=5).status == 200
    except OSError:
        return False

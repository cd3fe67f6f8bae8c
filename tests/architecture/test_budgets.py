"""Small is a feature that is measured."""

from statistics import median

from tests.architecture import budgets
from tests.architecture.house import GRAPEVINE, modules, ours

FUNCTION_MEDIAN, FUNCTION_P95, FUNCTION_CAP = 6, 25, 40
FILE_P95, FILE_CAP = 250, 400
TEMPLATE_P95, SCRIPT_CAP, STYLE_TOTAL = 60, 150, 2_500
KERNEL_CAP = 900


def test_functions():
    lengths = budgets.function_lengths()
    assert not (over := budgets.longest(lengths, FUNCTION_CAP)), "\n".join(over)
    assert median(lengths.values()) <= FUNCTION_MEDIAN
    assert budgets.p95(list(lengths.values())) <= FUNCTION_P95


def test_files():
    lengths = budgets.file_lengths("*.py")
    assert not (over := budgets.longest(lengths, FILE_CAP)), "\n".join(over)
    assert budgets.p95(list(lengths.values())) <= FILE_P95


def test_templates():
    assert budgets.p95(list(budgets.file_lengths("*.html").values())) <= TEMPLATE_P95


def test_scripts():
    assert not (over := budgets.longest(budgets.file_lengths("*.js"), SCRIPT_CAP)), "\n".join(over)


def test_styles():
    assert sum(budgets.file_lengths("*.css").values()) <= STYLE_TOTAL


def test_the_kernel_stays_small():
    kernel = [file for file in modules() if file.is_relative_to(GRAPEVINE / "kernel")]
    sizes = {str(file): budgets.size(file) for file in kernel}
    assert sum(sizes.values()) <= KERNEL_CAP, "\n".join(budgets.longest(sizes, 0))


def test_there_is_something_to_measure():
    assert ours("*.py")

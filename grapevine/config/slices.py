"""The pages of the slices are found by name."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path


def pages() -> list[URLPattern | URLResolver]:
    """Every slice's `urls.urlpatterns`, at the addresses they name themselves."""
    return [path("", include(module)) for module in _all_urls() if _is_open(module)]


def _is_open(module: ModuleType) -> bool:
    """The demo's own pages (personas, mail room) are not there for real people."""
    return settings.GRAPEVINE_DEMO or not module.__name__.startswith("grapevine.demo.")


def _all_urls() -> list[ModuleType]:
    return [import_module(f"{slice_}.urls") for slice_ in settings.SLICES if find_spec(f"{slice_}.urls")]

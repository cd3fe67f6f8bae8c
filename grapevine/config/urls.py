"""Which slice answers which address."""

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import include, path, re_path

from grapevine.config.slices import pages
from grapevine.kernel.policy import for_everyone

# doors allauth brings that stay shut: people come by import, sign in by code or passkey, have no password, and no
# other identity provider can be named yet
SHUT = r"^accounts/(?:signup|password|email|confirm-email|inactive|social|3rdparty|oidc)/"


@for_everyone("a load balancer asks, and learns nothing but that the database answers")
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@for_everyone("there is nothing behind it")
def shut(request: HttpRequest) -> HttpResponseBase:
    """No page, in the same words as a page that never was."""
    raise Http404


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    re_path(SHUT, shut),
    path("accounts/", include("allauth.urls")),
    *pages(),
]

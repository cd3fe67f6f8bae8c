"""Addresses of cohorts and circles."""

from grapevine.circles.views import circle_urls, cohort_urls

urlpatterns = [*cohort_urls.urlpatterns, *circle_urls.urlpatterns]

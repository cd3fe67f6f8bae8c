"""For servers that speak WSGI: every page, without live updates."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grapevine.config.settings")
application = get_wsgi_application()

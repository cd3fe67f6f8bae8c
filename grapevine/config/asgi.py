"""The server's way in: pages and live pages of one process."""

import os

from grapevine.config.pages import get_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grapevine.config.settings")
pages = get_application()

# what follows needs the apps to be ready
from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402
from django.urls import path, re_path  # noqa: E402

from grapevine.config.knowing import knowing  # noqa: E402
from grapevine.kernel.live import Listener  # noqa: E402
from grapevine.rooms.consumers import RoomSocket  # noqa: E402

sockets = [
    path("live/room/<int:pk>/", RoomSocket.as_asgi(), {"kind": "room"}),
    path("live/<str:kind>/<int:pk>/", Listener.as_asgi()),
    # an address that cannot be meant is refused like a row that is not visible, and leaves no line in the log
    re_path("", Listener.as_asgi(), {"kind": "", "pk": 0}),
]
live = knowing(URLRouter(sockets))
application = ProtocolTypeRouter({"http": pages, "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(live))})

"""Settings, urls, asgi, wsgi: wiring, no logic."""

"""A cache that may vanish: while Redis does not answer, limits and pages go on with what this process remembers."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

ASKED = ("add", "get", "set", "touch", "delete", "get_many", "has_key", "incr", "set_many", "delete_many", "clear")


class ForgivingRedis(RedisCache):
    """Redis, with the process's own memory to fall back to."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        """Same as Redis."""
        super().__init__(server, params)
        self.memory = LocMemCache("forgiving", params)


def _or_from_memory(name: str) -> Callable[..., Any]:
    ask = getattr(RedisCache, name)

    @wraps(ask)
    def either(self: ForgivingRedis, *args: Any, **kwargs: Any) -> Any:
        try:
            return ask(self, *args, **kwargs)
        except RedisError:
            return getattr(self.memory, name)(*args, **kwargs)

    return either


for _name in ASKED:
    setattr(ForgivingRedis, _name, _or_from_memory(_name))

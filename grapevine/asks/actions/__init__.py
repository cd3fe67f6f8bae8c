"""The verbs of asking: ask, reply, go on, take back, introduce, reveal. The only place that writes."""

from grapevine.asks.actions.asking import ask, close_ask, new_alias, reply, reveal, set_limits
from grapevine.asks.actions.introducing import (
    agree_to_introduce,
    go_on_without,
    let_introduction_go,
    propose_introduction,
    take_introduction_back,
)
from grapevine.asks.actions.sending import AT_ONCE, Asked, NotNowError, go_on, send, take_back

__all__ = [
    "AT_ONCE",
    "Asked",
    "NotNowError",
    "agree_to_introduce",
    "ask",
    "close_ask",
    "go_on",
    "go_on_without",
    "let_introduction_go",
    "new_alias",
    "propose_introduction",
    "reply",
    "reveal",
    "send",
    "set_limits",
    "take_back",
    "take_introduction_back",
]

"""What a browser calls itself, in two words."""

# the first that fits: several browsers carry the names of others along
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def named(user_agent: str) -> str:
    """`Firefox, Windows`; empty for something unknown."""
    found = (next((name for sign, name in known if sign in user_agent), "") for known in (BROWSERS, MACHINES))
    return ", ".join(filter(None, found))

"""What a browser says of itself, in the two words by which its owner knows it again."""

from lianfang.kernel.texts import msgid_in

BROWSER = "browser"
#: The first mark that is found names it; those that pretend to be others come first.
BROWSERS = (
    ("wxwork", msgid_in("browser", "WeCom")),
    ("MicroMessenger", msgid_in("browser", "WeChat")),
    ("DingTalk", msgid_in("browser", "DingTalk")),
    ("Lark", msgid_in("browser", "Feishu")),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("QQBrowser", "QQ"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def device(agent: str) -> tuple[str, ...]:
    """Return browser and machine, as far as the browser tells them."""
    found = (_first(BROWSERS, agent), _first(MACHINES, agent))
    return tuple(word for word in found if word)


def _first(marks: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((word for mark, word in marks if mark in agent), "")

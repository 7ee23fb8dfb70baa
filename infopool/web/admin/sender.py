"""Where a request comes from: its network address, for counting tries, and the device, to recognise a session by."""

from __future__ import annotations

import ipaddress

from flask import request

from infopool.web.pool import pool

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
"""What a browser calls itself -> its name; the first that fits, as they all call themselves by several."""
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def address() -> str:
    """The network address of the sender, or nothing when it is not known.

    A web server on this machine that stands before us tells it in X-Forwarded-For, in the last place; from anybody else
    that header is not believed. In production a request from this machine without it tells nothing: all visitors would
    share one address, and whoever guesses would keep everybody out.
    """
    direct = request.remote_addr or ""
    if not _is_here(direct):
        return direct
    told = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
    return told or ("" if pool().settings.production else direct)


def device() -> str:
    """A few words to recognise a browser by: "Firefox, Linux". Nothing finer is kept."""
    says = request.user_agent.string
    found = [next((name for sign, name in table if sign in says), "") for table in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in found if name)


def _is_here(direct: str) -> bool:
    try:
        return ipaddress.ip_address(direct).is_loopback
    except ValueError:
        return True

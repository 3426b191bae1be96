"""What no page of ours may do: meet its own policy, ask anybody else, keep a cookie."""

from __future__ import annotations

from playwright.sync_api import BrowserContext

LISTEN = """addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
  breach(`${location.pathname}: ${effectiveDirective} refuses ${blockedURI}`))"""


def listen(context: BrowserContext, ours: str, found: list[str]) -> None:
    """Fill a list with the breaches of every page that is opened in a context from now on."""
    context.expose_function("breach", lambda told: found.append(told))
    context.add_init_script(LISTEN)
    own = (ours, "blob:", "data:")
    context.on("request", lambda one: one.url.startswith(own) or found.append(one.url))


def cookies(context: BrowserContext) -> list[str]:
    """The names of the cookies that the pages of a context have kept."""
    return [cookie["name"] for cookie in context.cookies() if "name" in cookie]

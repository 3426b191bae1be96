"""What is done to the built site after MkDocs, above all a content security policy for each page.

    python -m scripts.publish [SITE]

GitHub Pages sends no headers of ours, so the policy stands in each page. It allows scripts
from this site and the theme's own inline ones, by hash, and nothing else: a request to
anyone else, or a script that a reader's answer smuggled in, is refused by the browser.
"""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import sys
from pathlib import Path

from scripts.publish import (
    chromium,
    citation,
    data,
    downloads,
    feed,
    metadata,
    offline,
    styles,
    third_party,
    wheel,
)
from scripts.publish.edition import build as edition
from scripts.publish.single import build as single

SITE = Path("site")

# Inline scripts that the browser runs; a data block such as JSON is none.
_INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*\btype=\"?application/)[^>]*>(.*?)</script>", re.DOTALL
)
# Firefox fetches such a page ahead; the policy refuses it, with an error on the console.
_AHEAD = re.compile(r"<link rel=\"?next\"?[^>]*>")
_AFTER = re.compile(r"<meta charset=\"?utf-8\"?>", re.IGNORECASE)


def policy(page: str) -> str:
    """The content security policy of a page.

    Python runs in a worker, which has no policy of its own here, so no kind of eval is allowed
    in the page.
    """
    hashes = dict.fromkeys(_hash(script) for script in _INLINE.findall(page))
    scripts = " ".join(["'self'", *(f"'sha256-{value}'" for value in hashes)])
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {scripts}",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'self'",
            "form-action 'none'",
        )
    )


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def with_policy(page: str) -> str:
    """The page with its policy right behind the charset, before anything it governs.

    Raises ValueError for a page without ``<meta charset>``: it would go out unprotected.
    """
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(page)}">'
    protected, count = _AFTER.subn(lambda match: match[0] + meta, _AHEAD.sub("", page), count=1)
    if not count:
        raise ValueError("no <meta charset=utf-8> to put the content security policy behind")
    return protected


def publish(site: Path, browser: str = "") -> int:
    """Give every page of a built site its policy and its style sheet; the number of pages.

    With a Chromium, which takes some seconds, it makes the print edition too.
    """
    # The theme's word lists for the search in other languages; ours is English.
    shutil.rmtree(site / "assets" / "javascripts" / "lunr", ignore_errors=True)
    third_party.write(site)
    downloads.write(site)
    downloads.address(site)
    data.write(site)
    wheel.write(site)
    citation.write(site)
    feed.write(site)
    styles.join(site)
    metadata.write(site)
    pages = sorted(path for path in site.rglob("*.html") if path.name != single.NAME)
    for path in pages:
        # As bytes: a line end changed on the way would change the hash of a script.
        path.write_bytes(with_policy(path.read_bytes().decode()).encode())
    # After the pages' policies, because it carries a stricter one of its own.
    single.write(site)
    if browser:
        edition.write(site, browser)
    downloads.offer(site)
    # Last, because it lists the hash of every page as it is published.
    offline.write(site)
    return len(pages)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else SITE
    found = chromium.found()
    print(f"publish: a content security policy in {publish(target, found)} pages of {target}")
    if not (target / downloads.EDITION).is_file():
        print("publish: without the print edition, because no Chromium was there that prints")

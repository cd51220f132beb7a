"""A real Chromium without a screen, for pages that people look at."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip

PATIENCE = 120_000
"""Milliseconds: a machine that does other things, too, is slow, not wrong."""

SERIOUS = ("serious", "critical")


def require_browser() -> str:
    """Return the path of Chromium; skip the test where there is none, but fail it in CI."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    missing = "no Chromium (Debian: apt install chromium)" if path is None else None
    missing = missing or next((f"no {name}: make setup" for name in ("playwright", "axe_core_python")
                               if find_spec(name) is None), None)  # fmt: skip
    if missing is None:
        assert path is not None
        return path
    if os.environ.get("CI"):
        pytest.fail(f"{missing}; CI may not skip this test")
    pytest.skip(missing)


@contextmanager
def open_browser() -> Iterator["Browser"]:
    path = require_browser()
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Watched:
    """A page, and everything on it that must not be: requests but the one for itself, errors, dialogs."""

    def __init__(self, page: "Page") -> None:
        self.page = page
        self.requests: list[str] = []
        self.troubles: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.troubles.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        page.on("dialog", self._dialog)

    def _dialog(self, dialog: Any) -> None:
        self.troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()


def complaints(page: "Page") -> list[str]:
    """Return what axe-core finds serious on `page`, one line a rule."""
    # Run as the tester, not as the page: its policy lets no other script in.
    page.evaluate(files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {rule['help']} {[node['html'][:120] for node in rule['nodes'][:3]]}"
        for rule in found["violations"]
        if rule["impact"] in SERIOUS
    ]

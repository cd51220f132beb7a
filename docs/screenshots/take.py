"""Take the pictures beside this file anew: `python docs/screenshots/take.py`. Needs Chromium and Noto's fonts."""

import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from pipeline.report.page import write_report
from pipeline.run import run
from pipeline.serve.app import create_app

HERE = Path(__file__).parent
SEEDS = HERE.parent.parent / "seeds"
SIZE = {"width": 1280, "height": 860}


def main() -> None:
    """Clean the seeds, and take every picture."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("no Chromium (Debian: apt install chromium)")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        out = Path(folder) / "out"
        run([SEEDS], out)
        report = write_report(out).as_uri()
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        _take(browser, "report", report)
        _take(browser, "report-dark", report, color_scheme="dark")
        with _served(out) as origin, _page(browser, f"{origin}/paragraphs?kind=residue") as page:
            page.locator(".fix > summary").nth(1).click()
            page.locator("mark.residue").nth(1).hover()
            page.screenshot(path=HERE / "serve.png")
        browser.close()


def _take(browser: Browser, name: str, url: str, **how: object) -> None:
    with _page(browser, url, **how) as page:
        page.screenshot(path=HERE / f"{name}.png")


@contextmanager
def _page(browser: Browser, url: str, **how: object) -> Iterator[Page]:
    page = browser.new_page(**{"viewport": SIZE, **how})
    page.goto(url)
    yield page
    page.close()


@contextmanager
def _served(out: Path) -> Iterator[str]:
    listening = socket.create_server(("127.0.0.1", 0))
    app = create_app(out, out / "corrections.jsonl", ("127.0.0.1",))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()


if __name__ == "__main__":
    main()

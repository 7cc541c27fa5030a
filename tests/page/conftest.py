"""The page of the seeds and of invented pages, and a browser that opens them from disk.

Needs Debian's Chromium and Playwright from PyPI; axe-core and the tools for JavaScript come from npm, by the lock of
`tests/clients/node`.
"""

import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

import builder as api
from builder.exports.page import site
from tests.conftest import PROJECT
from tests.support.filled_package import save_pages

NODE_MODULES = PROJECT / "tests" / "clients" / "node" / "node_modules"
SIZES = {"phone": (390, 844), "desk": (1280, 900)}

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "expected Chromium, found none; run .ci/install-debian"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def seeds(complete_package: Path) -> Path:
    """The page of the seeds."""
    return complete_package / "dist" / "index.html"


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of invented pages, which have all that a page can have."""
    folder = tmp_path_factory.mktemp("invented")
    api.build_package([save_pages(folder / "pages")], folder / "out", keep_going=True, exports="page")
    return folder / "out" / "dist" / "index.html"


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as an index and a folder, as a large archive has it."""
    folder = tmp_path_factory.mktemp("archive")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site, "_TOO_LONG", 0)
        patch.setattr(site, "_LONGEST_PART", 20_000)
        api.build_package([save_pages(folder / "pages")], folder / "out", keep_going=True, exports="page")
    return folder / "out" / "dist" / "index.html"


@pytest.fixture(scope="session")
def served(archive: Path) -> Iterator[str]:
    """The address of the large archive's index behind a server of this machine."""
    handler = partial(_Quiet, directory=str(archive.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens an address. At the end no page may have logged anything, failed, or asked for anything but files of its folder."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_one(
        address: Path | str,
        anchor: str = "",
        size: str | tuple[int, int] = "desk",
        scheme: str = "light",
        **options: object,
    ) -> Page:
        width, height = SIZES[size] if isinstance(size, str) else size
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
            **options,  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        url = address.as_uri() if isinstance(address, Path) else address
        home = url.rpartition("/")[0]
        page.on("console", lambda message: wrong.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("request", lambda asked: None if asked.url.startswith(home) else wrong.append(f"asked for {asked.url}"))
        page.goto(url + anchor)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert wrong == []

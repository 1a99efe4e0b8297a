"""Bibliothèque: a key of its search, and the words of the glossary in everything that is published."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from measure import Row, absolute, repeated, seconds
from PySide6.QtWidgets import QApplication

from ivaudit.app.library import finder, words
from ivaudit.app.library_items import Catalogue, Finder, Item
from ivaudit.domain.checklist import Checklist
from ivaudit.ui.app import application_for
from ivaudit.ui.pages.library import LibraryPage
from ivaudit.ui.writer import Writer

TIMES = 3
WORDS = ("identité", "carte vitale", "bracelet")
BUSY = "while True: pass"


def library_rows() -> list[Row]:
    """Search three times what is published, alone and beside busy processes, then explain its words."""
    return [*_search_rows(), *_words_rows()]


def _search_rows() -> list[Row]:
    application = QApplication.instance() or application_for([])
    writer = Writer()
    page = LibraryPage(writer)
    page.resize(1150, 740)
    page.show()
    page._on_loaded(Finder(_grown(finder().catalogue)))
    application.processEvents()
    rows = [absolute("search in Bibliothèque, per key, today's size × 3", _keys(page), 0.05, "≤ 50 ms")]
    with _busy(os.cpu_count() or 1):
        rows.append(absolute("– beside as many busy processes as processors", _keys(page), 0.05, "≤ 50 ms"))
    writer.close()
    return rows


def _keys(page: LibraryPage) -> list[float]:
    application = QApplication.instance()
    assert application is not None

    def typed(text: str) -> None:
        page.search.setText(text)
        page._search()
        application.processEvents()

    def read() -> None:
        page._read()
        application.processEvents()

    parts = [word[:length] for word in WORDS for length in range(1, len(word) + 1)]
    return [max(seconds(lambda text=text: typed(text)), seconds(read)) for text in parts]


def _grown(catalogue: Catalogue) -> Catalogue:
    items = (_copy(item, rank) for rank in range(TIMES) for item in catalogue.items)
    return replace(catalogue, items=tuple(items))


def _copy(item: Item, rank: int) -> Item:
    """Return an item as another one; a criterion of a copy is another criterion."""
    if not rank:
        return item
    own = f"-{rank}" if isinstance(item.value, Checklist) else ""
    passages = [
        replace(each, item=f"{item.id}-{rank}", anchor=each.anchor and f"{each.anchor}{own}")
        for each in item.passages
    ]
    return replace(item, id=f"{item.id}-{rank}", passages=tuple(passages))


@contextmanager
def _busy(count: int) -> Iterator[None]:
    busy = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(count)]
    try:
        yield
    finally:
        for each in busy:
            each.kill()
            each.wait()


def _words_rows() -> list[Row]:
    texts = [passage.words for item in finder().catalogue.items for passage in item.passages]
    terms, whole = words(), "\n".join(texts)
    once = repeated(3, lambda: list(terms.every(whole)))
    twice = repeated(3, lambda: list(terms.every(whole + "\n" + whole)))
    growth = min(twice) / min(once)
    each = [seconds(lambda text=text: terms.first(text)) for text in texts]
    return [
        absolute("words of the glossary in one passage", each, 0.005, "≤ 5 ms"),
        Row(
            "– growth from the whole library to twice that",
            f"× {growth:.2f}",
            "× 2",
            "",
            "linear",
            growth < 2.6,
        ),
    ]

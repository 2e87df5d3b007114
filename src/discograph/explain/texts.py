"""The source texts that a graph quotes, where they are at hand."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from discograph.document import Source, Span
from discograph.provenance import Evidence, Provenance
from discograph.rdf import NamedNode
from discograph.vocab import DG


class Texts:
    """Texts by the document's IRI, and the paths by which people find them.

    ``changed`` are paths of files that have the name of a document and are not the text that the graph was made of.
    """

    def __init__(self) -> None:
        self._sources: dict[str, tuple[Path, Source]] = {}
        self.changed: list[Path] = []

    def add(self, document: NamedNode, path: Path, source: Source) -> None:
        """Take a text as that of a document."""
        self._sources[document.value] = path, source

    def match(self, statements: Provenance, files: Iterable[tuple[Path, Source]]) -> None:
        """Take files as the texts of the documents that have their name and their digest, or tell no digest."""
        by_name: dict[str, list[tuple[Path, Source]]] = {}
        for path, source in files:
            by_name.setdefault(path.name, []).append((path, source))
        for document in sorted({node for node, _ in statements.having(DG.sha256)}, key=str):
            digest = statements.text(document, DG.sha256)
            same_name = by_name.get(statements.document_name(document), [])
            found = [pair for pair in same_name if pair[1].sha256 == digest]
            if found and isinstance(document, NamedNode) and document.value not in self._sources:
                self.add(document, *found[0])
            elif same_name and not found:
                self.changed.append(same_name[0][0])

    def source(self, evidence: Evidence) -> Source | None:
        """Return the text that evidence quotes, if it is at hand and the quote stands there."""
        _, source = self._sources.get(evidence.document, (None, None))
        if source is None or evidence.start < 0 or source.quote(Span(evidence.start, evidence.end)) != evidence.quote:
            return None
        return source

    def path(self, evidence: Evidence) -> str:
        """Return the path of the file that evidence quotes, else the document's name."""
        path, _ = self._sources.get(evidence.document, (None, None))
        return str(path) if path else evidence.name

    def place(self, evidence: Evidence) -> str:
        """Return ``file:line:column``, as far as it is known."""
        numbers = [str(number) for number in (evidence.line, evidence.column) if number > 0]
        return ":".join([self.path(evidence), *numbers])

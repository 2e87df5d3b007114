"""The formats that a graph can be written in: one ordered table, every lookup derived from it."""

from __future__ import annotations

from dataclasses import dataclass

from discograph.errors import GraphError, OutputError
from discograph.rdf import RdfFormat


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its names, and whether it can hold named graphs."""

    name: str
    """As on the command line."""
    label: str
    media_type: str
    extension: str
    """Without the dot."""
    supports_datasets: bool
    """Whether our files in it hold all three graphs; JSON-LD could, but ours is for people who want facts."""
    rdf_format: RdfFormat


FORMATS: tuple[Format, ...] = (
    Format("turtle", "Turtle", "text/turtle", "ttl", False, RdfFormat.TURTLE),
    Format("trig", "TriG", "application/trig", "trig", True, RdfFormat.TRIG),
    Format("ntriples", "N-Triples", "application/n-triples", "nt", False, RdfFormat.N_TRIPLES),
    Format("nquads", "N-Quads", "application/n-quads", "nq", True, RdfFormat.N_QUADS),
    Format("jsonld", "JSON-LD", "application/ld+json", "jsonld", False, RdfFormat.JSON_LD),
    Format("rdfxml", "RDF/XML", "application/rdf+xml", "rdf", False, RdfFormat.RDF_XML),
)
"""Every format, in the order in which help and documentation list them."""

_BY_NAME = {fmt.name: fmt for fmt in FORMATS}
_BY_EXTENSION = {fmt.extension: fmt for fmt in FORMATS}
_BY_MEDIA_TYPE = {fmt.media_type: fmt for fmt in FORMATS}


def format_by_name(name: str) -> Format:
    """Return the format that the command line calls ``name``.

    Raises: OutputError if there is none; the message names those there are.

    >>> format_by_name("trig").label
    'TriG'
    >>> format_by_name("ttx")
    Traceback (most recent call last):
        ...
    discograph.errors.OutputError: unknown format 'ttx'; known: turtle, trig, ntriples, nquads, jsonld, rdfxml
    """
    if name not in _BY_NAME:
        raise OutputError(f"unknown format {name!r}; known: {', '.join(_BY_NAME)}")
    return _BY_NAME[name]


def format_by_extension(extension: str) -> Format:
    """Return the format of files with this extension, given with or without its dot, in any case.

    Raises: GraphError if there is none; the message names those there are.
    """
    fmt = _BY_EXTENSION.get(extension.removeprefix(".").lower())
    if fmt is None:
        raise GraphError(f"unknown graph file extension {extension!r}; known: {', '.join(_BY_EXTENSION)}")
    return fmt


def format_by_media_type(media_type: str) -> Format:
    """Return the format of a media type; parameters such as ``; charset=utf-8`` are ignored.

    Raises: GraphError if there is none; the message names those there are.
    """
    fmt = _BY_MEDIA_TYPE.get(media_type.partition(";")[0].strip().lower())
    if fmt is None:
        raise GraphError(f"unknown graph media type {media_type!r}; known: {', '.join(_BY_MEDIA_TYPE)}")
    return fmt

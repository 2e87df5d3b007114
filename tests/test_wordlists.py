"""Word lists: each entry is read where articles write it, and nothing that lists do not know is dropped.

Cases: ``cases/wordlists/<list or scheme>.tsv``. A line ``> text <tab> why`` opens a group: its text has ``{}`` where
the entries below it stand. A row is the entry, what it is read as, and, where articles print it otherwise, the
words to print. A list and its cases name the same entries, each once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from discograph import cli
from discograph.document import Document, Source
from discograph.extractors import (
    awards,
    certifications,
    charts,
    infobox,
    lead,
    personnel,
    prose_credits,
    rankings,
    recording,
    releases,
    reviews,
    track_listing,
)
from discograph.lexicon import concept
from discograph.mapping import Minter
from discograph.namespaces import SCHEMES
from discograph.pipeline import map_documents, read_document
from discograph.rdf import Literal, NamedNode, parse_file
from discograph.readers import read_rendered
from discograph.records import (
    AgentRecord,
    AlbumField,
    AwardRecord,
    CertificationRecord,
    ChartRecord,
    CreditRecord,
    EditionRecord,
    NeighbourRecord,
    PlaceRecord,
    Record,
    ReleaseEventRecord,
    ReviewRecord,
    SessionRecord,
    TrackRecord,
)
from discograph.resources import resource
from discograph.values.carriers import carrier
from discograph.values.certificates import certifier
from discograph.values.chart_names import chart_label
from discograph.values.names import is_ensemble
from discograph.vocab import CONCEPT_BASE, DG, SKOS
from discograph.wordlists import rows, section_kind
from tests.case_files import CASES, once, unescape

FOLDER = CASES / "wordlists"
NOTHING = "nothing"
TITLE = "= Blue Harbour =\n\n"
BOX = "Blue Harbour\n- Artist: Ada Moss\n"

_INSIDE = "a name that ends with that of a known medium is taken for it"

KNOWN_WRONG = {
    ("press", "Guardian"): _INSIDE,
    ("press", "Independent"): _INSIDE,
    ("press", "Observer"): _INSIDE,
}
"""List and entry of a row that fails today, and why; one that passes must leave the table."""


class Row(NamedTuple):
    """An entry of a list, the text that writes it, and what it is read as."""

    entry: str
    text: str
    expected: str


def case_rows(path: Path) -> list[Row]:
    """Return the rows of a file of cases; a group without a reason, a row or a place for its entries is refused."""
    found: list[Row] = []
    template = ""
    size = 0
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        at = f"{path}:{number}"
        if line.startswith("> "):
            assert not template or len(found) > size, f"{at}: the group before has no row"
            assert len(cells) == 2, f"{at}: expected a text and why"
            assert cells[1].strip(), f"{at}: say why"
            assert cells[0].count("{}") == 1, f"{at}: expected one place for the entries"
            template, size = unescape(cells[0].removeprefix("> ")), len(found)
            continue
        assert template, f"{at}: a row before the first group"
        assert len(cells) in (2, 3), f"{at}: expected an entry, what it is read as, and what to print if it differs"
        assert all(cells), f"{at}: an empty cell"
        found.append(Row(cells[0], template.replace("{}", cells[-1] if len(cells) == 3 else cells[0]), cells[1]))
    assert len(found) > size, f"{path}: the last group has no row"
    once((row.entry for row in found), f"{path}: entry")
    return found


# --- What lists hold ----------------------------------------------------------------------------------------


def labels_of(scheme: str) -> list[str]:
    """Return every label of the concepts of a scheme."""
    return [
        quad.object.value
        for quad in parse_file(resource("ontology/concepts.ttl"))
        if isinstance(quad.object, Literal)
        and isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(f"{CONCEPT_BASE}{scheme}/")
        and quad.predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
    ]


def players() -> list[str]:
    """Return the slugs of the occupations that name an instrument."""
    return [
        quad.subject.value.rsplit("/", 1)[-1]
        for quad in parse_file(resource("ontology/concepts.ttl"))
        if quad.predicate == SKOS.related
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
        and quad.object.value.startswith(f"{CONCEPT_BASE}instrument/")
    ]


def cells_of(name: str, *, first: bool = True, last: bool = True) -> Iterator[str]:
    """Yield the entries of a list, the forms in one cell apart."""
    for row in rows(name):
        for cell in row[0 if first else 1 : None if last else 1]:
            yield from filter(None, cell.split("; "))


def entries(name: str) -> list[str]:
    if name in SCHEMES:
        return labels_of(name)
    if name == "players":
        return players()
    return list(cells_of(name, first=name not in ("sections", "infobox"), last=name != "job_verbs"))


# --- How they are read --------------------------------------------------------------------------------------


def document(text: str) -> Document:
    return read_rendered(Source("x.txt", text))


def slug(scheme: str, name: str) -> str:
    """Return the slug of the concept that the mapping names, the name in marks where it is a text concept."""
    iri = Minter().concept(scheme, name).value
    return iri.rsplit("/", 1)[-1] if iri.startswith(CONCEPT_BASE) else f"«{name}»"


def joined(found: Iterator[str]) -> str:
    return " + ".join(found) or NOTHING


def function(credit: CreditRecord) -> str:
    scheme = "instrument" if concept("instrument", credit.function.value) else "role"
    return f"{scheme}/{slug(scheme, credit.function.value)}"


def credited(text: str) -> str:
    found = personnel.extract(document(f"{TITLE}== Personnel ==\n{text}\n")).records
    return joined(function(credit) for credit in found if isinstance(credit, CreditRecord))


def told(text: str) -> str:
    found = prose_credits.extract(document(TITLE + text)).records
    return joined(function(credit) for credit in found if isinstance(credit, CreditRecord))


def fields(name: str, scheme: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        found = infobox.extract(document(BOX + text)).records
        return joined(slug(scheme, f.said.value) for f in found if isinstance(f, AlbumField) and f.name == name)

    return read


def boxed(text: str) -> str:
    """Return what a box says besides its title, its artist Ada Moss and its type live."""
    return joined(filter(None, map(shown_field, infobox.extract(document(f"Blue Harbour\n{text}\n")).records)))


def shown_field(record: Record) -> str:
    match record:
        case AlbumField():
            is_given = record.said.value in ("Blue Harbour", "Ada Moss", "live")
            return "" if is_given else f"{record.name} {record.said.value}"
        case NeighbourRecord():
            year = f" {record.album.date.value}" if record.album.date else ""
            return f"{record.direction} {record.album.title.value}{year}"
        case SessionRecord():
            where = f"{record.place.kind} {record.place.name.value}" if record.place else ""
            return f"session {record.date.value if record.date else where}"
        case CreditRecord():
            return f"{function(record)} {record.agent.value}"
        case ReleaseEventRecord():
            return f"release {record.date.value if record.date else NOTHING}"
        case EditionRecord():
            return f"length {record.duration.value if record.duration else NOTHING}"
        case _:
            return type(record).__name__


def occupations(text: str) -> str:
    found = lead.extract(document(TITLE + text)).records
    return joined(
        slug("occupation", agent.occupation.value)
        for agent in found
        if isinstance(agent, AgentRecord) and agent.occupation
    )


def groups(text: str) -> str:
    found = lead.extract(document(TITLE + text)).records
    return joined(
        "ensemble" if is_ensemble(f.said.value) else "person"
        for f in found
        if isinstance(f, AlbumField) and f.name == "artist"
    )


def released(text: str) -> list[ReleaseEventRecord]:
    found = releases.extract(document(TITLE + text)).records
    return [event for event in found if isinstance(event, ReleaseEventRecord)]


def carriers(text: str) -> str:
    return joined(carrier(event.edition.value) if event.edition else NOTHING for event in released(text))


def labels(text: str) -> str:
    return joined(", ".join(label.value for label in event.labels) or "no label" for event in released(text))


def awarded(text: str) -> list[AwardRecord]:
    found = [r for module in (awards, rankings) for r in module.extract(document(TITLE + text)).records]
    return [record for record in found if isinstance(record, AwardRecord)]


def certified(text: str) -> list[CertificationRecord]:
    found = certifications.extract(document(TITLE + text)).records
    return [record for record in found if isinstance(record, CertificationRecord)]


def charted(text: str) -> list[ChartRecord]:
    found = charts.extract(document(TITLE + text)).records
    return [record for record in found if isinstance(record, ChartRecord)]


def reviewed(text: str) -> list[ReviewRecord]:
    found = reviews.extract(document(TITLE + text)).records
    return [record for record in found if isinstance(record, ReviewRecord)]


def place(found: PlaceRecord | None) -> str:
    if found is None:
        return NOTHING
    canonical = found.canonical or NOTHING
    return canonical if found.name.value == canonical else f"{canonical} as {found.name.value}"


def places(text: str) -> str:
    found: list[ReleaseEventRecord | ChartRecord] = [*released(text), *charted(text)]
    return joined(place(record.territory) for record in found)


def bodies(text: str) -> str:
    return joined((certifier(record.body.value) or NOTHING) if record.body else NOTHING for record in certified(text))


def manners(text: str) -> str:
    """Return the manner in which releases, sessions, credits, placings and certificates are said."""
    page = document(TITLE + text)
    modules = (releases, recording, prose_credits, charts, certifications)
    found = [record for module in modules for record in module.extract(page).records]
    kinds = ReleaseEventRecord | SessionRecord | CreditRecord | ChartRecord | CertificationRecord
    return joined(record.said.manner.value for record in found if isinstance(record, kinds))


def writers(text: str) -> str:
    found = track_listing.extract(document(f"{TITLE}== Track listing ==\n{text}\n")).records
    tracks = (record for record in found if isinstance(record, TrackRecord))
    return joined(", ".join(writer.value for writer in track.writers) or "no writer" for track in tracks)


def headed(text: str) -> str:
    (section,) = document(TITLE + text).lead.sections
    return (section_kind(section.heading.value) if section.heading else None) or NOTHING


def named(scheme: str) -> Callable[[str], str]:
    """Return how the mapping names a concept of a scheme that no extractor reads words of."""
    return lambda text: slug(scheme, text)


READERS: dict[str, Callable[[str], str]] = {
    "adjectives": credited,
    "album-type": fields("album_type", "album-type"),
    "award": lambda text: joined(slug("award", r.award.value) for r in awarded(text)),
    "award-category": lambda text: joined(
        slug("award-category", r.category.value) for r in awarded(text) if r.category
    ),
    "certification-level": lambda text: joined(slug("certification-level", r.level.value) for r in certified(text)),
    "certifiers": bodies,
    "chart": lambda text: joined(slug("chart", chart_label(r.chart.value)) for r in charted(text)),
    "countries": places,
    "credit-scope": named("credit-scope"),
    "denials": manners,
    "ensembles": groups,
    "format": carriers,
    "genre": fields("genre", "genre"),
    "hedges": manners,
    "infobox": boxed,
    "instrument": credited,
    "job_verbs": told,
    "kind": named("kind"),
    "manner": named("manner"),
    "months": labels,
    "occupation": occupations,
    "outcome": named("outcome"),
    "performance-mode": named("performance-mode"),
    "players": told,
    "press": lambda text: joined(r.publication.value for r in reviewed(text)),
    "publication": lambda text: joined(slug("publication", r.publication.value) for r in reviewed(text)),
    "role": credited,
    "rule": named("rule"),
    "sections": headed,
    "shops": labels,
    "source-issue": named("source-issue"),
    "track_notes": writers,
    "version": named("version"),
}


OF_WIKITEXT = {"certification_regions", "chart_codes", "templates"}
"""Lists that only the reader of wikitext knows; tests/test_wikitext.py goes through their entries."""


def test_each_list_has_cases_and_each_file_of_cases_its_list() -> None:
    lists = {path.name.removesuffix(".tsv") for path in resource("wordlists").iterdir() if path.name.endswith(".tsv")}
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.tsv" for name in READERS}
    assert READERS.keys() == (lists - OF_WIKITEXT) | set(SCHEMES) | {"players"}


def test_rows_known_to_fail_are_rows() -> None:
    rows_ = {(name, row.entry) for name in READERS for row in case_rows(FOLDER / f"{name}.tsv")}
    assert KNOWN_WRONG.keys() <= rows_


@pytest.mark.parametrize("name", READERS)
def test_each_entry_stands_once_in_its_list_and_in_one_case(name: str) -> None:
    held = entries(name)
    once(map(str.casefold, held), f"{name}: entry")
    assert sorted(row.entry for row in case_rows(FOLDER / f"{name}.tsv")) == sorted(held)


@pytest.mark.parametrize("name", READERS)
def test_each_entry_is_read(name: str) -> None:
    found = {row: READERS[name](row.text) for row in case_rows(FOLDER / f"{name}.tsv")}
    wrong = {row.entry: (row.text, result) for row, result in found.items() if result != row.expected}
    known = {entry for list_, entry in KNOWN_WRONG if list_ == name}
    assert {entry: case for entry, case in wrong.items() if entry not in known} == {}
    assert known <= wrong.keys(), "these pass now: take them out of KNOWN_WRONG"


BAD_FILES = {
    "no group": "gong\tgong\n",
    "no reason": "> Ada Moss – {}\t\ngong\tgong\n",
    "no place": "> Ada Moss – gong\tx\ngong\tgong\n",
    "no row": "> Ada Moss – {}\tx\n> Leo Dune – {}\tx\ngong\tgong\n",
    "no last row": "> Ada Moss – {}\tx\ngong\tgong\n> Leo Dune – {}\tx\n",
    "one cell": "> Ada Moss – {}\tx\ngong\n",
    "empty cell": "> Ada Moss – {}\tx\ngong\t\n",
    "twice": "> Ada Moss – {}\tx\ngong\tgong\ngong\tgong\n",
    "nothing": "# only a comment\n",
}


@pytest.mark.parametrize("text", BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_of_cases_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(AssertionError):
        case_rows(tmp_path / "x.tsv")


# --- What no list knows -------------------------------------------------------------------------------------

UNKNOWN = """= Blue Harbour =

Blue Harbour is an album by Ada Moss, released in 1961.

== Personnel ==
Ada Moss – foghorn, piano
Leo Dune – net mending
Kit Reed – foghorn
"""


@pytest.fixture
def unknown(tmp_path: Path) -> Path:
    path = tmp_path / "Blue Harbour.txt"
    path.write_text(UNKNOWN, encoding="utf-8")
    return path


def test_an_unknown_instrument_or_role_is_kept_as_a_concept_of_its_own_words(unknown: Path) -> None:
    (mapped,) = map_documents([read_document(unknown)])
    roles = {quad.object for quad in mapped.quads if quad.predicate == DG.role}
    assert {role.value.rsplit("/concept/", 1)[1] for role in roles if isinstance(role, NamedNode)} == {
        "role/foghorn",
        "role/net-mending",
    }
    named_as = {q.object.value for q in mapped.quads if q.subject in roles and isinstance(q.object, Literal)}
    assert named_as == {"foghorn", "net mending"}
    played = {quad.object for quad in mapped.quads if quad.predicate == DG.instrument}
    assert played == {NamedNode(f"{CONCEPT_BASE}instrument/piano")}


def test_an_unknown_instrument_or_role_is_counted(unknown: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["coverage", str(unknown), "-f", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [(tally["name"], tally["count"]) for tally in data["functions"]] == [("foghorn", 2), ("net mending", 1)]
    assert [place.rsplit(":", 2)[1:] for place in data["functions"][0]["places"]] == [["6", "12"], ["8", "12"]]

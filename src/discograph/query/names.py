"""Names at the prompt: which thing of a dataset is meant by ``--album "kind of blue"``.

Input: a dataset, the kind of a parameter and what a person typed. Output: a term. Method: candidates by a
loose pattern in SPARQL, which every store can run, then names folded and compared here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from discograph.errors import QueryError
from discograph.namespaces import DEFAULT_BASE, prefix_table
from discograph.query.dataset import Dataset
from discograph.query.folding import candidates_pattern, fold
from discograph.query.near import near
from discograph.query.parameters import CLASSES, Parameter
from discograph.query.solutions import Rows, Term
from discograph.query.table import short_iri
from discograph.query.terms import written
from discograph.rdf import Literal, NamedNode
from discograph.vocab import CONCEPT_BASE, XSD

# Whatever has a title of ours has it as its label, too; each further property costs a look-up per thing.
_NAMES_OF_THINGS = "rdfs:label|skos:altLabel"
_NAMES_OF_CONCEPTS = "skos:prefLabel|skos:altLabel|skos:hiddenLabel"
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_ABSOLUTE = re.compile(r"<?([a-z][a-z0-9+.-]*:(?://|[^\s\"/]*:)[^\s<>\"{}|^`\\]*)>?", re.IGNORECASE)
_PREFIXED = re.compile(r"([a-z][a-z-]*):(\S+)")
_SHOWN = 20
_CHECKED = 20_000


def term_of(dataset: Dataset, parameter: Parameter, typed: str, base_iri: str = DEFAULT_BASE) -> Term:
    """Return the term that a parameter's value means.

    Shape: an integer or a text is itself; a thing or concept is given by its IRI, in angle brackets or
    not, by a prefixed name, or by any of its names in the dataset, case, accents and punctuation aside.
    Raises: QueryError if nothing has the name, with near ones, or several things do, with how to choose;
    as the dataset's ``run``.
    """
    _check_unicode(parameter, typed)
    if parameter.kind == "integer":
        if not _INTEGER.fullmatch(typed.strip()):
            raise QueryError(f"--{parameter.name}: expected a whole number, got {_quoted(typed)}")
        return Literal(str(int(typed)), datatype=XSD.integer)
    if parameter.kind == "text":
        return Literal(typed)
    return _iri(typed, base_iri) or _named(dataset, parameter, typed, base_iri)


def _check_unicode(parameter: Parameter, typed: str) -> None:
    """Refuse lone surrogates, which Python makes of bytes of an argument that are not UTF-8."""
    try:
        typed.encode()
    except UnicodeEncodeError as error:
        where = f"--{parameter.name}: {_quoted(typed)}"
        raise QueryError(f"{where} is not Unicode at character {error.start + 1}; give it as UTF-8") from error


def _iri(typed: str, base_iri: str) -> NamedNode | None:
    """Return the IRI that was typed as such, None if it is a name."""
    if match := _ABSOLUTE.fullmatch(typed.strip()):
        return NamedNode(match[1])
    match = _PREFIXED.fullmatch(typed.strip())
    prefixes = prefix_table(base_iri)
    return NamedNode(prefixes[match[1]] + match[2]) if match and match[1] in prefixes else None


def _named(dataset: Dataset, parameter: Parameter, typed: str, base_iri: str) -> NamedNode:
    wanted = fold(typed)
    pattern = written(Literal(candidates_pattern(typed)))
    labels = _labels(dataset, parameter, f'FILTER(REGEX(STR(?label), {pattern}, "i"))', base_iri)
    found = list(dict.fromkeys(thing for thing, label in labels if wanted and fold(label) == wanted))
    if not found:
        raise _nobody(dataset, parameter, typed, base_iri)
    if len(found) > 1:
        raise _several(dataset, parameter, typed, found, base_iri)
    return found[0]


def _labels(dataset: Dataset, parameter: Parameter, rest: str, base_iri: str) -> list[tuple[NamedNode, str]]:
    """Return things of a kind with their names, in the order of the IRIs."""
    if parameter.kind in CLASSES:
        classes = " ".join(map(written, CLASSES[parameter.kind]))
        of_kind = f"VALUES ?class {{ {classes} }} ?thing a ?class ; {_NAMES_OF_THINGS} ?label ."
    else:
        schemes = dict.fromkeys((CONCEPT_BASE, f"{base_iri}concept/"))
        iris = " ".join(written(NamedNode(scheme + parameter.kind)) for scheme in schemes)
        of_kind = f"VALUES ?scheme {{ {iris} }} ?thing skos:inScheme ?scheme ; {_NAMES_OF_CONCEPTS} ?label ."
    sparql = f"SELECT DISTINCT ?thing ?label WHERE {{ {of_kind} {rest} }} LIMIT {_CHECKED}"
    result = dataset.run(sparql, name=f"--{parameter.name}", base_iri=base_iri)
    assert isinstance(result, Rows)
    return [
        (thing, label.value)
        for thing, label in result.rows
        if isinstance(thing, NamedNode) and isinstance(label, Literal)
    ]


def _nobody(dataset: Dataset, parameter: Parameter, typed: str, base_iri: str) -> QueryError:
    """Return the error for a name that nothing has."""
    names: dict[str, str] = {}
    for _, label in _labels(dataset, parameter, "", base_iri):
        names.setdefault(fold(label), label)
    wanted = fold(typed)[:200]
    others = [name for name in names if len(wanted) > 2 and wanted in name][:5]
    others += [name for name in near(wanted, names, cutoff=0.7) if name not in others]
    hint = f"; did you mean {', '.join(_quoted(names[name]) for name in others)}?" if others else ""
    if not names:
        hint = f"; the sources name no {parameter.kind}"
    return QueryError(f"--{parameter.name}: no {parameter.kind} is called {_quoted(typed)}{hint}")


def _several(
    dataset: Dataset, parameter: Parameter, typed: str, found: Sequence[NamedNode], base_iri: str
) -> QueryError:
    """Return the error for a name that several things have: what each is, and how to choose."""
    notes = _notes(dataset, found[:_SHOWN], base_iri)
    lines = []
    for thing in found[:_SHOWN]:
        note = "; ".join(notes.get(thing, ()))
        lines.append(f"\n  --{parameter.name} {_shell(short_iri(thing, base_iri))}{f'   {note}' if note else ''}")
    more = f"\n  and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return QueryError(
        f"--{parameter.name}: {len(found)} things of the kind {parameter.kind} are called {_quoted(typed)}; "
        f"choose one by its IRI:{''.join(lines)}{more}"
    )


def _notes(dataset: Dataset, things: Iterable[NamedNode], base_iri: str) -> dict[Term, list[str]]:
    """Return what tells things apart: by whom, what they play, where they lie, since when."""
    values = " ".join(map(written, things))
    sparql = f"""SELECT DISTINCT ?thing ?note WHERE {{
      VALUES ?thing {{ {values} }}
      {{ ?thing dg:artist/rdfs:label ?note }}
      UNION {{ ?credit dg:agent ?thing ; dg:instrument/skos:prefLabel ?note }}
      UNION {{ ?thing dg:locatedIn/rdfs:label ?note }}
      UNION {{ ?thing dg:date ?note }}
      UNION {{ ?event dg:releases ?thing ; dg:date ?note }}
      UNION {{ ?thing schema:disambiguatingDescription ?note }}
    }} LIMIT 200"""
    result = dataset.run(sparql, name="names", base_iri=base_iri)
    assert isinstance(result, Rows)
    notes: dict[Term, list[str]] = {}
    for thing, note in result.rows:
        if thing is not None and isinstance(note, Literal) and note.value not in notes.setdefault(thing, []):
            notes[thing].append(note.value)
    return notes


def _quoted(text: str) -> str:
    """Return a text for a message: on one line, and not without end."""
    return repr(text if len(text) <= 80 else f"{text[:79]}…")


def _shell(text: str) -> str:
    """Return an IRI as a shell takes it for one word."""
    return text if re.fullmatch(r"[\w:./~%+,=@-]+", text) else f"'{text}'"

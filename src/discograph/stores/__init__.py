"""Graphs into triple stores: the embedded one, and any that speaks SPARQL 1.1 over HTTP.

Input: units (a document's graphs each) and a store. Output: the store holds them, whole, and a record of it.
Method: compare with the record, put what is new or changed, read back; ``docs/loading.md`` has the protocol.
What speaks HTTP is imported from ``remote`` and ``addresses`` by who needs it: it takes as long as a small load.
"""

from __future__ import annotations

from discograph.stores.embedded import EmbeddedStore, open_embedded
from discograph.stores.files import read_units
from discograph.stores.kinds import KINDS, Kind
from discograph.stores.loading import Loaded, Target, Work, load_units
from discograph.stores.units import Unit, units_of

__all__ = [
    "KINDS",
    "EmbeddedStore",
    "Kind",
    "Loaded",
    "Target",
    "Unit",
    "Work",
    "load_units",
    "open_embedded",
    "read_units",
    "units_of",
]

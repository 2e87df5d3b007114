"""What stands behind "released on", "by" and "for", and is no label: an occasion, the owner of one."""

from __future__ import annotations

import re

_OCCASION = re.compile(
    r"(?:\b(?:Day|Eve|Week|Fair|Festival|Tour|Anniversary|Olympics|Games)|\A(?:Christmas|Easter|Halloween|Thanksgiving"
    r"|Black Friday))(?: \d{4})?\Z"
)
_OWNED = re.compile(
    r"\b(?:founded|co-founded|owned|run|started|formed|launched|established|headed|led|operated|set up|created|named"
    r"|distributed|licensed|controlled) (?:\w+ )?(?:by|after|from)\b"
)
_OF = re.compile(r"\b(?:of|about|featuring)\b")
_FIRM = re.compile(r" (?:Records?|Recordings|Music|Entertainment|Discs|Productions)\Z")


def is_label(chain: str, name: str) -> bool:
    """Tell whether a name behind "on" or "by" can be a label.

    Shape: ``chain`` are the words from the preposition to the name. None is "a label founded by NAME", "the
    strength of NAME" (but "the auspices of NAME Records" may be one), or a day on which records come out.
    """
    if _OCCASION.search(name) or _OWNED.search(chain):
        return False
    return not _OF.search(chain) or bool(_FIRM.search(name))

"""The SPARQL that rules are written in: read (``read``) as a tree (``tree``), planned, and written as text again."""

"""Turn articles about albums into a music knowledge graph with evidence for every triple."""

__version__ = "0.1.0"

"""Assembly: what infobox, prose, lists and tables say of the same thing becomes one record.

Input: the findings of the extractors. Output: the albums of the page. Nothing is chosen silently: values
that differ stay side by side, each with its evidence.
"""

from discograph.assembly.page import assemble, join

__all__ = ["assemble", "join"]

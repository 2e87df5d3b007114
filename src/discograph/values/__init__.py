"""Values: one piece of text to one typed value, or a ``ValueParseError``; one module a kind of value."""

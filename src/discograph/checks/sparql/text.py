"""A query as text again, with full IRIs and with brackets around every operator."""

from __future__ import annotations

from discograph.checks.sparql.tree import (
    Aggregate,
    Alternative,
    Bind,
    Call,
    Element,
    Exists,
    Expression,
    Filter,
    Group,
    Inverse,
    Node,
    Optional,
    Path,
    Pattern,
    Repeat,
    Select,
    Sequence,
    Union,
    Values,
    Var,
)
from discograph.rdf import Literal, NamedNode

_INFIX = frozenset({"||", "&&", "=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/"})


def select_text(select: Select) -> str:
    """Return a query as text, with full IRIs."""
    columns = " ".join(_column(variable, expression) for variable, expression in select.columns)
    text = f"SELECT {'DISTINCT ' if select.distinct else ''}{columns} WHERE {group_text(select.where)}"
    if select.group_by:
        text += " GROUP BY " + " ".join(f"?{variable.name}" for variable in select.group_by)
    return text


def _column(variable: Var, expression: Expression | None) -> str:
    return f"?{variable.name}" if expression is None else f"({expression_text(expression)} AS ?{variable.name})"


def group_text(group: Group) -> str:
    """Return a group with its braces."""
    return "{ " + " ".join(_element(element) for element in group.elements) + " }"


def _element(element: Element) -> str:
    match element:
        case Pattern():
            return f"{_node(element.subject)} {_path(element.path)} {_node(element.object)} ."
        case Filter():
            return f"FILTER({expression_text(element.condition)})"
        case Optional():
            return f"OPTIONAL {group_text(element.group)}"
        case Bind():
            return f"BIND({expression_text(element.expression)} AS ?{element.variable.name})"
        case Values():
            return f"VALUES ?{element.variable.name} {{ {' '.join(map(str, element.terms))} }}"
        case Union():
            return " UNION ".join(group_text(group) for group in element.groups)
        case Select():
            return "{ " + select_text(element) + " }"


def _node(node: Node) -> str:
    return f"?{node.name}" if isinstance(node, Var) else str(node)


def _path(path: Path | Var) -> str:
    match path:
        case Var():
            return f"?{path.name}"
        case Inverse():
            return f"^({_path(path.path)})"
        case Sequence():
            return "(" + "/".join(map(_path, path.steps)) + ")"
        case Alternative():
            return "(" + "|".join(map(_path, path.choices)) + ")"
        case Repeat():
            return f"({_path(path.path)}){path.sign}"
        case _:
            return str(path)


def expression_text(expression: Expression) -> str:
    """Return an expression, in round brackets where it has operators."""
    match expression:
        case Var():
            return f"?{expression.name}"
        case NamedNode() | Literal():
            return str(expression)
        case Exists():
            return ("NOT " if expression.negated else "") + f"EXISTS {group_text(expression.group)}"
        case Aggregate():
            inner = "*" if expression.argument is None else expression_text(expression.argument)
            return f"{expression.name}({'DISTINCT ' if expression.distinct else ''}{inner})"
        case Call():
            return _call(expression)


def _call(call: Call) -> str:
    arguments = [expression_text(argument) for argument in call.arguments]
    if call.name in _INFIX:
        return "(" + f" {call.name} ".join(arguments) + ")"
    if call.name == "!":
        return f"(!{arguments[0]})"
    if call.name in {"IN", "NOT IN"}:
        return f"({arguments[0]} {call.name} ({', '.join(arguments[1:])}))"
    return f"{call.name}({', '.join(arguments)})"

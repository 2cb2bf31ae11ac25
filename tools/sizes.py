"""Keeps code small: a file at most 400 lines, a Python function 60 lines and five parameters.

Functions of the web client are measured by oxlint, with the same ceilings. A step of a migration
lists tables and columns, and may be as long as that list.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from tools import tree

FILE_LINES = 400
FUNCTION_LINES = 60
PARAMETERS = 5
CODE = (".py", ".ts", ".tsx", ".css", ".js", ".mjs", ".sh", ".rs")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def parameters(function: Function) -> int:
    """Count what a caller may pass; `self` and `cls` are not passed."""
    of = function.args
    names = [argument.arg for argument in (*of.posonlyargs, *of.args, *of.kwonlyargs)]
    return len([name for name in names if name not in {"self", "cls"}])


def is_called_from_outside(function: Function) -> bool:
    """Tell whether nobody writes the call: a test takes its table's columns, a command what is typed."""
    decorators = [ast.unparse(decorator) for decorator in function.decorator_list]
    return function.name.startswith("test_") or any(".command" in decorator for decorator in decorators)


def faults_in_functions(path: Path, text: str) -> Iterator[str]:
    """Yield one line for each Python function over a ceiling."""
    for node in ast.walk(ast.parse(text, filename=str(path))):
        if not isinstance(node, Function):
            continue
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        if length > FUNCTION_LINES and "migrations" not in path.parts:
            yield f"{path}:{node.lineno}: {node.name} has {length} lines; at most {FUNCTION_LINES}"
        if parameters(node) > PARAMETERS and not is_called_from_outside(node):
            yield f"{path}:{node.lineno}: {node.name} has {parameters(node)} parameters; at most {PARAMETERS}"


def faults_in(path: Path) -> Iterator[str]:
    """Yield one line for each ceiling that a file breaks."""
    text = path.read_text(encoding="utf-8")
    lines = text.count("\n")
    if lines > FILE_LINES:
        yield f"{path}: {lines} lines; at most {FILE_LINES}. Split it by subject."
    if path.suffix == ".py":
        yield from faults_in_functions(path, text)


def main() -> None:
    """Check every file of code."""
    paths = list(tree.files(*CODE))
    looked_at = len(paths) if any(path.suffix == ".py" for path in paths) else 0
    tree.finish("sizes", looked_at=looked_at, faults=(fault for path in paths for fault in faults_in(path)))


if __name__ == "__main__":
    main()

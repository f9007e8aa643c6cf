"""What no module, class or function is longer than.

Migrations are written by a machine and left out; a test may tell a long story in one function.
"""

import ast
import subprocess
import sys
from pathlib import Path

MOST = {"module": 400, "class": 200, "function": 50}  # lines
KINDS = {ast.ClassDef: "class", ast.FunctionDef: "function", ast.AsyncFunctionDef: "function"}


def too_long(path, text):
    """`(kind, name, lines)` of whatever in a module is longer than it may be."""
    named = [node for node in ast.walk(ast.parse(text)) if type(node) in KINDS]
    sizes = [("module", "", text.count("\n"))]
    sizes += [(KINDS[type(node)], node.name, node.end_lineno - node.lineno + 1) for node in named]
    return [(kind, name, lines) for kind, name, lines in sizes if lines > MOST[kind]]


def main():
    listed = subprocess.run(["git", "ls-files", "*.py"], capture_output=True, text=True, check=True).stdout.split()
    paths = [path for path in listed if "/migrations/" not in path]
    words = [
        f"{path}: {kind} {name} has {lines} lines, {MOST[kind]} at most".replace("  ", " ")
        for path in paths
        for kind, name, lines in too_long(path, Path(path).read_text())
        if kind != "function" or not path.startswith("tests/")
    ]
    sys.exit("\n".join(words) or 0)


if __name__ == "__main__":
    main()

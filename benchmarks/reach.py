"""Which code decides what a step scores: a hash of all that an example can reach, and no more.

An example imports names of `workshop`, their definitions use others, and so on. Only those
definitions count: a new data set in `workshop.datasets` leaves the results of old steps valid.
Comments, docstrings and layout do not count.
"""

import ast
import functools
import hashlib
from collections.abc import Iterator
from pathlib import Path

# What starts a step and draws its pictures decides neither its score nor, much, its time.
NOT_COUNTED = ("workshop.example", "workshop.plotting")


def code_hash(example: Path, root: Path) -> str:
    """Hash the code that decides a step's score.

    Parameters
    ----------
    example : Path
        All of its code counts.
    root : Path
        The folder in which the package `workshop` lies.

    Returns
    -------
    str
        64 hexadecimal digits, the same in all versions of Python.
    """
    return hashlib.sha256("\n".join(sorted(reached(example, root))).encode()).hexdigest()


def reached(example: Path, root: Path) -> set[str]:
    """Return the essence of every top-level statement that an example can reach.

    Parameters
    ----------
    example : Path
    root : Path
        As for `code_hash`.

    Returns
    -------
    set of str
        With its module in front, such as ``workshop.functions: FunctionDef(name='softmax' ...``.
    """
    tree = ast.parse(example.read_text(encoding="utf-8"))
    found = {f"{example.parent.name}.{example.stem}: {essence(tree)}"}
    wanted = list(_imported(tree))
    seen: set[tuple[str, str | None]] = set()
    while wanted:
        module, name = wanted.pop()
        if (module, name) in seen or module.startswith(NOT_COUNTED):
            continue
        seen.add((module, name))
        if name and _file(f"{module}.{name}", root):  # a module of a package, so all of it
            wanted.append((f"{module}.{name}", None))
            continue
        for statement in _statements(module, root):
            bound = set(_bound(statement))
            if name is not None and bound and name not in bound:
                continue
            wanted += _imported(statement, name)
            if not isinstance(statement, ast.Import | ast.ImportFrom):
                found.add(f"{module}: {essence(statement)}")
                used = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
                wanted += [(module, other) for other in used]
    return found


def _statements(module: str, root: Path) -> list[ast.stmt]:
    """Return what runs at the top of a module of `workshop`; of any other, nothing."""
    file = _file(module, root)
    return _top(file.read_text(encoding="utf-8")) if file else []


@functools.cache
def _top(code: str) -> list[ast.stmt]:
    return [node for node in ast.parse(code).body if not isinstance(node, ast.Expr)]  # docstrings


def _file(module: str, root: Path) -> Path | None:
    """Return the file of a module of `workshop`, or of a package's ``__init__``."""
    if module.partition(".")[0] != "workshop":
        return None
    path = root.joinpath(*module.split("."))
    for file in (path.with_suffix(".py"), path / "__init__.py"):
        if file.is_file():
            return file
    return None


def _imported(node: ast.AST, name: str | None = None) -> Iterator[tuple[str, str | None]]:
    """Name what a piece of code imports of `workshop`.

    An import statement at the top of a module gives only what it calls `name`, if one is given.
    """
    only = name if isinstance(node, ast.Import | ast.ImportFrom) else None
    for inner in ast.walk(node):
        if isinstance(inner, ast.Import):
            modules = [alias.name for alias in inner.names]
            yield from ((module, None) for module in modules if module.startswith("workshop"))
        elif isinstance(inner, ast.ImportFrom) and (inner.module or "").startswith("workshop"):
            for alias in inner.names:
                if only in (None, alias.asname or alias.name):
                    yield str(inner.module), alias.name


def _bound(statement: ast.stmt) -> Iterator[str]:
    """Name what a top-level statement defines."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
    elif isinstance(statement, ast.Import | ast.ImportFrom):
        for alias in statement.names:
            yield alias.asname or alias.name.partition(".")[0]
    elif isinstance(statement, ast.If | ast.Try | ast.With | ast.For):
        for inner in ast.iter_child_nodes(statement):
            if isinstance(inner, ast.stmt):
                yield from _bound(inner)
    else:
        for inner in ast.walk(statement):
            if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
                yield inner.id


def essence(node: object) -> str:
    """Write code down without what does not run: comments, docstrings, layout.

    It is the same in all versions of Python, unlike `ast.dump`.
    """
    if isinstance(node, list):
        return f"[{' '.join(map(essence, node))}]"
    if not isinstance(node, ast.AST):
        return repr(node)
    fields = dict(ast.iter_fields(node))
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
        fields["body"] = fields["body"][1:]
    said = {k: v for k, v in fields.items() if v or isinstance(node, ast.Constant)}
    inside = [f"{name}={essence(value)}" for name, value in said.items()]
    return f"{type(node).__name__}({' '.join(inside)})"

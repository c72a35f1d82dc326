"""A cell as Python: one cleaning for `check` and for the grader, so that what is green for one is full for the other.

    %%time                    nothing, and the rest of the cell stays       %%bash            nothing of the cell stays
    %time change(3, 5)        change(3, 5)                                  %matplotlib ...   nothing
    best = %timeit -o f()     best = None                                   files = !ls       files = None
    !pip install numpy        nothing                                       ?change, change?  nothing
    x = await call(...)       x = None: a cell's own await has no loop here; inside `async def` it stays
    print(x, files, best)     nothing: what uses such a name at the top of the cell has nothing to use
    print(_, Out[3])          nothing: what came out of earlier cells is the notebook's, too
    In [1]: x = 3             x = 3, as it was pasted; so with Python's own prompts, and with an indent of all lines

Lines keep their numbers. IPython's own transformation would keep the magics as calls, and is not everywhere.
"""

import ast
import re
import sys

IMPORTABLE = ("simpy", "numpy", "matplotlib")
"""Modules that an answer may import beside the standard library and letitcrash, in `check` and in grading."""

TOP_LEVEL_AWAIT = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
RUNS_THE_CELL = ("time", "timeit", "capture", "prun", "memit", "mprun", "lprun", "debug", "python", "python3", "pypy")
"""Magics of a whole cell whose cell is Python and is run here."""
CELL_MAGIC = re.compile(r"\A(?:[ \t]*(?:#.*)?\n)*%%(\w+).*")
OPTIONS = r"(?:-[slTD][ \t]+\S+[ \t]+|-\w[ \t]+)*"
RUN = re.compile(rf"^([ \t]*)%(?:time|prun|memit)\b[ \t]*{OPTIONS}(.*)$")
HELP = re.compile(r"^([ \t]*).*?%{0,2}(?!\d)[\w*]+(?:\.\w+|\[[^\]]+\])*\?{1,2}[ \t]*$")
LINE = re.compile(r"^([ \t]*)[%!?/,;].*$")
ASSIGNED = re.compile(r"^([ \t]*[^=%!]*[\w)\]][ \t]*=[ \t]*)(?:%(?!time\b)|!).*$")
ASSIGNED_TIME = re.compile(rf"^([ \t]*[^=%!]*[\w)\]][ \t]*=[ \t]*)%time\b[ \t]*{OPTIONS}(.*)$")
PROMPT = re.compile(r"^[ \t]*(?:>>>|\.{3,}:?|In \[\d+\]:)(?: |$)", re.M)
OF_THE_HISTORY = re.compile(r"_{1,3}|In|Out|_i{1,3}|_[iod]h|_i?\d+")
"""The names by which a notebook knows earlier cells and what came out of them."""


def python(source: str) -> str:
    r"""The cell's source as a module may hold it. Any other mistake in it stays, on the line where it is.

    >>> python("%%time\n!ls\nx = 3")
    '\npass\nx = 3'
    """
    lines = _without_cell_magic(_at_the_margin(source)).split("\n")
    absent: set[str] = set()
    tree = parsed(source := "\n".join(lines))
    for _ in lines:
        wrong = _wrong_line(source) if tree is None else None
        if wrong is None or wrong > len(lines) or (line := _without_magic(lines[wrong - 1])) == lines[wrong - 1]:
            break
        if assigned := ASSIGNED.match(lines[wrong - 1]):
            absent.update(re.findall(r"\w+", assigned[1].partition(":")[0]))
        while lines[wrong - 1].endswith("\\") and wrong < len(lines):  # the command goes on in the next line
            lines[wrong - 1], line = line, ""
            wrong += 1
        lines[wrong - 1] = line
        tree = parsed(source := "\n".join(lines))
    return source if tree is None else _without_awaits(source, tree, absent)


def syntax_error(source: str) -> SyntaxError | None:
    """The error in a cell that is no Python."""
    try:
        compile(source, "<cell>", "exec", TOP_LEVEL_AWAIT)
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError) as error:
        return SyntaxError(str(error))
    return None


def parsed(source: str) -> ast.Module | None:
    """The syntax tree of a cell, which may await at its top; None when it is no Python."""
    try:
        return compile(source, "<cell>", "exec", TOP_LEVEL_AWAIT)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def not_importable(source: str) -> list[str]:
    """The modules that the cell imports at its top or inside a function, and that grading has not."""
    tree = parsed(source)
    if tree is None:
        return []
    named = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names] if isinstance(node, ast.Import)
            else [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level
            else []
        )
    }  # fmt: skip
    return sorted(named - {*IMPORTABLE, "letitcrash", "IPython", ""} - set(sys.stdlib_module_names))


def _wrong_line(source: str) -> int | None:
    """The line at which Python cannot read on; None when it reads all of it."""
    error = syntax_error(source)
    return error.lineno if error else None


def _at_the_margin(source: str) -> str:
    """The source without a byte order mark, prompts that were copied along, and an indent that all of it has."""
    source = source.removeprefix("\ufeff")
    first = next((line for line in source.split("\n") if line.strip()), "")
    if PROMPT.match(first):
        return PROMPT.sub("", source)
    indent = first[: len(first) - len(first.lstrip())]
    return re.sub(f"^{re.escape(indent)}", "", source, flags=re.M) if indent else source


def _without_cell_magic(source: str) -> str:
    magic = CELL_MAGIC.match(source)
    if not magic:
        return source
    if magic[1] not in RUNS_THE_CELL:
        return "\n" * source.count("\n")
    return source[: magic.start(1) - 2] + source[magic.end() :]


def _without_magic(line: str) -> str:
    if match := HELP.match(line):
        return f"{match[1]}pass"
    if match := ASSIGNED_TIME.match(line):
        return match[1] + (match[2] or "None")
    if match := ASSIGNED.match(line):
        return f"{match[1]}None"
    if match := RUN.match(line):
        return match[1] + (match[2] or "pass")
    return LINE.sub(r"\1pass", line)


def _without_awaits(source: str, tree: ast.Module, absent: set[str]) -> str:
    """The source without the statements that await outside any function, or use what is absent; what they bind is None.

    `absent` are the names of the cell that have no value here; nor have those of the notebook's history.
    """
    replaced, defined = [], set()
    for node in tree.body:
        names = [name for name in ast.walk(node) if isinstance(name, ast.Name)]
        bound = [name.id for name in names if isinstance(name.ctx, ast.Store)]
        if _is_none(node):  # what is left of a magic, or an absent name's new value, which is None as well
            continue
        loaded = {name.id for name in names if isinstance(name.ctx, ast.Load)}
        history = {name for name in loaded.difference(defined, bound) if OF_THE_HISTORY.fullmatch(name)}
        uses = not _defines(node) and bool(loaded & absent or history)
        if _awaits(node) or uses:
            absent.update(bound)
            replaced.append((node, " = ".join([*dict.fromkeys(bound), "None"])))
        else:
            absent.difference_update(bound)
            defined.update(bound, _named(node))
    lines = source.split("\n")
    for node, instead in reversed(replaced):  # from the end, since several may stand in one line
        first, last = node.lineno - 1, node.end_lineno - 1
        before = lines[first].encode()[: node.col_offset].decode()
        after = lines[last].encode()[node.end_col_offset :].decode()
        lines[first : last + 1] = [before + instead + after, *[""] * (last - first)]
    return "\n".join(lines)


def _named(node: ast.AST) -> set[str]:
    """The names that definitions and imports anywhere in it give."""
    every = list(ast.walk(node))
    imported = {(each.asname or each.name).split(".")[0] for each in every if isinstance(each, ast.alias)}
    return imported | {each.name for each in every if _defines(each)}


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and node.value.value is None


def _defines(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)


def _awaits(node: ast.AST) -> bool:
    """Say if it awaits in the scope of the cell itself."""
    if isinstance(node, ast.Await | ast.AsyncFor | ast.AsyncWith) or getattr(node, "is_async", False):
        return True
    if _defines(node) or isinstance(node, ast.Lambda):
        return False
    return any(map(_awaits, ast.iter_child_nodes(node)))

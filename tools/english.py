"""The part of the book's English that a program can see: the first words of docstrings, sentences and comments."""

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from closure import is_python

ROOT = Path(__file__).resolve().parent.parent
INTERROGATIVE = re.compile(r"(What|How|Whether|Who|Whom|Whose|Which|Where|Why|When|Whoever|Whatever)\b")
HEADLESS = re.compile(r"(Who|Whom|What|Whoever|Whatever)\b")
COMMENT = re.compile(r"(?:(?:who|Who|whom|whoever|Whoever|whatever|Whatever|What)|(?:belief|idea): wh(?:o|at))\b")
SENTENCE = re.compile(r"[^.!?]+[.!?]*")  # with its stop, which tells a question
KEPT = ("Whoever has measured a queue once has measured the weather.",)  # sentences that are meant so


def docstrings_that_ask(source: str) -> Iterator[str]:
    """Each docstring of a Python file that opens with an interrogative, as a sentence with its line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node)
            if text and INTERROGATIVE.match(text):
                line = node.body[0].lineno
                yield f"line {line}: the docstring opens with “{text.split()[0]}”: begin with a verb or a noun"


def words_without_a_head(source: str) -> Iterator[str]:
    """Each sentence of a Python file's texts, and each comment, that opens with Who, What or Whoever as its subject.

    Texts are docstrings, the strings below a name that explain it, and all that have four words or more.
    """
    nodes = list(ast.walk(ast.parse(source)))
    parts = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes:
        text = "" if id(node) in parts else _text(node)
        if len(text.split()) > 3:
            for fault in sentences_without_a_head(text):
                yield f"line {node.lineno}: {fault}"
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        words = token.string.lstrip("# ")
        if token.type == tokenize.COMMENT and COMMENT.match(words) and not words.endswith("?"):
            yield f"line {token.start[0]}: “{' '.join(words.split()[:6])} …” has no subject: name who or what does it"


def _text(node: ast.AST) -> str:
    """The text of a string, with x for what is put into it."""
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "x" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def sentences_without_a_head(text: str) -> Iterator[str]:
    """Each sentence of a Markdown text that opens with Who, What or Whoever and is no question."""
    for paragraph in re.split(r"\n\s*\n|\n(?=\s*(?:[-*|]|\d+\.)\s)", without_code(text)):
        if paragraph.lstrip().startswith("#"):
            continue
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", lambda link: re.sub(r"^\d+\. ", "", link[1]).lower(), paragraph)
        words = re.sub(r"^\s*(?:[-|*]|\d+\.)\s+", "", " ".join(words.split()))
        for found in SENTENCE.finditer(words):
            sentence = found[0].strip().lstrip("*_(")
            if HEADLESS.match(sentence) and not sentence.endswith("?") and sentence not in KEPT:
                yield f"“{' '.join(sentence.split()[:6])} …” has no subject: name who or what does it"


def without_code(text: str) -> str:
    """Markdown without its code, quotations, tables' rules and HTML."""
    return re.sub(r"```.*?```|`[^`]*`|^>.*?$|“[^”]*”|\"[^\"]*\"|<[^>]*>", "x", text, flags=re.DOTALL | re.MULTILINE)


def faults() -> list[str]:
    """Every fault with the path of its file."""
    found = [
        (path, fault) for path in python_files() for fault in docstrings_that_ask(path.read_text(encoding="utf-8"))
    ]
    for path in python_files():
        if path.name != "test_english.py":
            found += [(path, fault) for fault in words_without_a_head(path.read_text(encoding="utf-8"))]
    for path in pages():
        found += [(path, fault) for fault in sentences_without_a_head(prose_of(path))]
    for path in notebooks():
        found += [
            (path, f"cell {cell['id']}, {fault}")
            for cell in cells(path, "code")
            if is_python("".join(cell["source"]))
            for fault in docstrings_that_ask("".join(cell["source"]))
        ]
    return sorted({f"{path.relative_to(ROOT).as_posix()}: {fault}" for path, fault in found})


def python_files() -> list[Path]:
    """The Python files that are written here: library, tools, extensions, labs, tests and benchmarks."""
    folders = ("letitcrash", "book/_ext", "tools", "tests", "bench", "labs")
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def pages() -> list[Path]:
    """The pages that are read as prose: the book's, the notebooks, and the guides for those who write them."""
    return sorted([*ROOT.glob("*.md"), *ROOT.glob("book/*.md"), *ROOT.glob("labs/*.md"), *notebooks()])


def notebooks() -> list[Path]:
    """The chapters and labs, those of the tests among them."""
    folders = ("notebooks", "labs/*", "tests/toy_labs/*")
    return sorted(path for folder in folders for path in ROOT.glob(f"{folder}/*.ipynb"))


def prose_of(path: Path) -> str:
    """The Markdown of a page or of a notebook."""
    if path.suffix == ".md":
        return path.read_text(encoding="utf-8")
    return "\n\n".join("".join(cell["source"]) for cell in cells(path, "markdown"))


def cells(path: Path, kind: str) -> list[dict]:
    """The cells of this kind in a notebook."""
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == kind]

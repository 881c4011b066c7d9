"""Imports run down the data flow and never back, and the command line answers at once."""

import ast
import subprocess
import sys
import time
from graphlib import TopologicalSorter
from pathlib import Path

import onrecord

SOURCE = Path(onrecord.__file__).parent
FLOW = [
    {"article", "record", "data"},
    {"holders"},
    {"quotations"},
    {"reading"},
    {"language"},
    {"actors"},
    {"dates"},
    {"attributions"},
    {"component"},
    {"events"},
    {"transfers"},
    {"entries"},
    {"history"},
    {"precedent"},
    {"positions"},
    {"pipeline"},
    {"store"},
    {"show"},
    {"examples"},
    {"commands"},
    {"__main__"},
]
"""The rooms of the house, in the order in which data flow through them."""


def room(module: str) -> str:
    """Give the top part of a module's name: onrecord.reading.decoding is in the room `reading`."""
    return module.removeprefix("onrecord").lstrip(".").split(".")[0]


def modules() -> dict[str, Path]:
    found = {}
    for path in SOURCE.rglob("*.py"):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        found[".".join(("onrecord", *(parts[:-1] if parts[-1] == "__init__" else parts)))] = path
    return found


def imports(module: str, path: Path, known: set[str]) -> set[str]:
    """Give the modules of ours that a file imports, at its top or inside a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                found |= {a.name for a in names}
            case ast.ImportFrom(module=str() as source, names=names, level=0):
                inner = {f"{source}.{a.name}" for a in names}
                found |= {n if n in known else source for n in inner}
            case _:
                pass
    return {n for n in found if n in known and n != module}


def test_imports_run_down_the_data_flow() -> None:
    order = {name: i for i, names in enumerate(FLOW) for name in names}
    known = modules()
    backward = [
        f"{module} imports {other}"
        for module, path in known.items()
        for other in imports(module, path, set(known))
        if room(module) and room(other) and order[room(other)] > order[room(module)]
    ]
    assert backward == []


def test_no_module_imports_itself_in_a_circle() -> None:
    known = modules()
    graph = {module: imports(module, path, set(known)) for module, path in known.items()}
    list(TopologicalSorter(graph).static_order())


def test_every_room_is_in_the_flow_and_in_the_document() -> None:
    rooms = {room(m) for m in modules()} - {""}
    assert rooms == set().union(*FLOW)
    document = SOURCE.parent.parent / "docs" / "architecture.md"
    if document.exists():  # it is not installed with the package
        text = document.read_text(encoding="utf-8")
        assert [r for r in sorted(rooms) if f"`{r}" not in text and r != "__main__"] == []


def test_the_version_is_told_without_loading_a_model() -> None:
    """Heavy libraries are imported by the functions that need them."""
    code = "import sys, onrecord.commands; print(*(m for m in sys.modules if '.' not in m))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert set(loaded).isdisjoint({"spacy", "thinc", "numpy", "trafilatura", "lxml", "ftfy", "jinja2"})


def test_the_version_is_told_at_once() -> None:
    command = [sys.executable, "-m", "onrecord", "--version"]
    subprocess.run(command, check=True, capture_output=True)
    spent = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        spent.append(time.perf_counter() - start)
    assert min(spent) < 0.6, "0.3 s on a quiet machine; twice that on a busy one"

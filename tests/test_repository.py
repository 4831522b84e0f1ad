"""The rules that keep the tree true: what may stand where, and who may import whom.

They are checked on every file that git tracks, and on new ones that it does not ignore.
"""

import ast
import functools
import json
import re
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
LARGEST_FILE = 600_000  # bytes
NOT_OURS = {"node_modules", "site", "dist", "data", "pictures", "__pycache__", "START-HERE.html"}


@functools.cache
def tracked() -> list[str]:
    """Return the repository's files, relative to its root; without git, all but the ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
        names = listed.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):  # an archive of the sources, say
        names = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*")]
        hidden = re.compile(r"^\.(?!ci/|github/|gitignore|npmrc|pre-commit)")
        names = [name for name in names if not hidden.match(name)]
        names = [name for name in names if not NOT_OURS & set(Path(name).parts)]
    return sorted({name for name in names if name and (ROOT / name).is_file()})


def files(*patterns: str) -> list[str]:
    found = [name for name in tracked() if any(Path(name).match(pattern) for pattern in patterns)]
    assert found, f"nothing matches {patterns}: a rule that looks at no file is no rule"
    return found


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def package(folder: str) -> list[str]:
    found = [name for name in tracked() if name.startswith(f"{folder}/") and name.endswith(".py")]
    assert found, f"no module in {folder}/"
    return found


@functools.cache
def tree_of(name: str) -> ast.Module:
    return ast.parse(read(name), filename=name)


def imports_of(tree: ast.AST) -> set[str]:
    """Return the dotted names of all imports, those inside functions too."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in line {node.lineno}: write it in full"
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def top_level_imports_of(name: str) -> set[str]:
    """Return the dotted names of the imports that run when the module is imported."""
    names: set[str] = set()
    for node in tree_of(name).body:
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Try | ast.If):
            names |= imports_of(node)
    return names


def packages(names: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


def module_name(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imported_workshop_modules(path: str) -> set[str]:
    modules = {module_name(name) for name in package("workshop")} - {"workshop"}
    return (imports_of(tree_of(path)) & modules) - {module_name(path)}


# -- who imports whom ----------------------------------------------------------------------


@pytest.mark.parametrize("module", ["functions", "neuron", "optimizers", "augmentation", "idx"])
def test_pure_modules_import_none_of_ours(module):
    assert imported_workshop_modules(f"workshop/{module}.py") == set()


def test_datasets_plotting_and_pytorch_know_nothing_of_the_network():
    network = {"functions", "network", "training", "classifier", "exercises", "cli"}
    for path in package("workshop"):
        if re.match(r"workshop/(datasets|idx|mirrors|mnist|plotting/|pytorch/)", path):
            known = {name.split(".")[1] for name in imported_workshop_modules(path)}
            assert not known & network, f"{path} imports {known & network}"


def test_nothing_imports_the_command_line():
    importers = {
        path for path in package("workshop") if "workshop.cli" in imported_workshop_modules(path)
    }
    assert importers <= {"workshop/__main__.py"}


def test_modules_do_not_import_each_other_in_a_circle():
    graph = {module_name(path): imported_workshop_modules(path) for path in package("workshop")}
    while graph:
        leaves = {module for module, imported in graph.items() if not imported & graph.keys()}
        assert leaves, f"a circle is among {sorted(graph)}"
        for module in leaves:
            del graph[module]


def test_the_package_imports_none_of_what_stands_around_it():
    around = {"examples", "tests", "benchmarks", "hooks", "docs"}
    for path in package("workshop"):
        assert not packages(imports_of(tree_of(path))) & around, path


def test_examples_import_the_workshop_and_never_each_other():
    stems = {Path(path).stem for path in package("examples")} | {"examples", "tests", "benchmarks"}
    for path in package("examples"):
        imported = packages(imports_of(tree_of(path)))
        assert "workshop" in imported, f"{path} does not use the workshop"
        assert not imported & stems, f"{path} imports {imported & stems}"


@pytest.mark.parametrize(
    ("library", "home"),
    [
        ("matplotlib", "workshop/plotting/"),
        ("torch", "workshop/pytorch/"),
        ("keras", "workshop/pytorch/"),
    ],
)
def test_a_heavy_library_is_imported_in_its_one_place(library, home):
    for path in package("workshop"):
        if re.match(r"workshop/exercises/(answers|checks)/ex", path):
            continue  # a learner's files, and what checks them
        if library in packages(imports_of(tree_of(path))):
            assert path.startswith(home), f"{path} imports {library}"


def test_slow_libraries_are_not_imported_before_they_are_needed():
    """NumPy takes 0.1 s, scikit-learn 1.2 s: only its own estimator loads it at once."""
    slow = {"sklearn", "scipy", "PIL", "pooch", "tqdm", "requests", "filelock", "rich"}
    for path in package("workshop"):
        found = packages(top_level_imports_of(path)) & slow
        if path == "workshop/classifier.py":
            found -= {"sklearn"}
        if path == "workshop/exercises/console.py":  # the commands import it where they need it
            found -= {"rich"}
        assert not found, f"{path} imports {found} at its top"


# -- what code may do ----------------------------------------------------------------------


def calls(tree: ast.AST) -> list[tuple[str, ast.Call]]:
    return [(ast.unparse(node.func), node) for node in ast.walk(tree) if isinstance(node, ast.Call)]


def test_only_the_command_line_and_the_exercises_console_print():
    answers = re.compile(r"workshop/exercises/answers/")  # a learner's files
    for path in package("workshop"):
        if path not in ("workshop/cli.py", "workshop/exercises/console.py"):
            names = {name.rpartition(".")[2] for name, _ in calls(tree_of(path))}
            assert answers.match(path) or "print" not in names, path


def unsafe(tree: ast.AST) -> list[str]:
    """Return what in a piece of code writes or reads objects that can run code when loaded."""
    faults = sorted(packages(imports_of(tree)) & {"pickle", "joblib", "dill", "shelve", "marshal"})
    for name, call in calls(tree):
        options = {option.arg: ast.unparse(option.value) for option in call.keywords}
        if options.get("allow_pickle", "False") != "False":
            faults.append(ast.unparse(call))
        if name == "torch.load" and options.get("weights_only") != "True":
            faults.append(ast.unparse(call))
        if name == "torch.save" and not re.search(
            r"\.state_dict\(\)\}?$", ast.unparse(call.args[0])
        ):
            faults.append(ast.unparse(call))
    return faults


@pytest.mark.parametrize(
    ("code", "n_faults"),
    [
        ("import pickle", 1),
        ("from joblib import dump", 1),
        ("np.load(path, allow_pickle=True)", 1),
        ("np.load(path, allow_pickle=False)", 0),
        ("torch.load(path)", 1),
        ("torch.load(path, weights_only=False)", 1),
        ("torch.load(path, weights_only=True)", 0),
        ("torch.save(model, path)", 1),
        ("torch.save({'model': model}, path)", 1),
        ("torch.save(model.state_dict(), path)", 0),
        ("torch.save({'sizes': sizes, 'state': model.state_dict()}, path)", 0),
    ],
)
def test_pickles_are_recognised(code, n_faults):
    assert len(unsafe(ast.parse(code))) == n_faults


def test_nothing_is_pickled():
    for path in [*package("workshop"), *package("examples"), *package("benchmarks")]:
        assert not unsafe(tree_of(path)), path


# -- steps ---------------------------------------------------------------------------------


def stems(pattern: str) -> set[str]:
    found = (re.fullmatch(pattern, name) for name in tracked())
    return {match[1] for match in found if match}


def test_a_step_has_an_example_a_page_and_a_test_of_one_name():
    examples = stems(r"examples/(step\d\d_\w+)\.py")
    assert examples
    assert stems(r"docs/(?:\w+/)*(step\d\d_\w+)\.(?:md|ipynb)") == examples
    assert stems(r"tests/examples/test_(step\d\d_\w+)\.py") == examples


def test_step_numbers_have_no_gap():
    numbers = sorted(int(stem[4:6]) for stem in stems(r"examples/(step\d\d_\w+)\.py"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_examples_are_short_and_begin_with_their_question():
    for path in package("examples"):
        lines = [line for line in read(path).splitlines() if line and "--8<--" not in line]
        assert 20 <= len(lines) <= 60, f"{path} has {len(lines)} lines, blank ones not counted"
        docstring = ast.get_docstring(tree_of(path)) or ""
        assert "?" in docstring.splitlines()[0], f"{path} must begin with the question it answers"


def test_examples_have_main_with_quick_and_seed():
    for path in package("examples"):
        functions = {node.name: node for node in tree_of(path).body if hasattr(node, "args")}
        assert "main" in functions, path
        options = functions["main"].args
        defaults = [default and ast.literal_eval(default) for default in options.kw_defaults]
        named = dict(zip([argument.arg for argument in options.kwonlyargs], defaults, strict=True))
        assert (named.get("quick", ...), named.get("seed", ...)) == (False, 0), path
        assert "__main__" in read(path), f"{path} does not run as a script"


# -- the API reference ---------------------------------------------------------------------


def test_every_module_stands_once_in_the_api_reference():
    shown = [
        name
        for page in files("docs/reference/api/*.md")
        for name in re.findall(r"^::: (\S+)$", read(page), re.MULTILINE)
    ]
    public = {
        module_name(path)
        for path in package("workshop")
        if "/_" not in path and not re.search(r"exercises/(answers|checks)/", path)
    }
    missing = "write `::: NAME` into a page of docs/reference/api/ for each of these"
    assert public - set(shown) == set(), missing
    assert set(shown) - public == set(), "docs/reference/api/ names modules that are not there"
    assert len(shown) == len(set(shown))


# -- what is committed ---------------------------------------------------------------------


def notebook_faults(notebook: dict) -> list[str]:
    return [
        f"cell {number} has {'outputs' if cell['outputs'] else 'an execution count'}"
        for number, cell in enumerate(notebook["cells"], start=1)
        if cell["cell_type"] == "code" and (cell["outputs"] or cell["execution_count"] is not None)
    ]


def test_notebooks_hold_no_outputs():
    for name in files("*.ipynb"):
        faults = notebook_faults(json.loads(read(name)))
        assert not faults, (
            f"{name}: {faults}. Outputs are made by the build. Clear them: "
            f"jupyter nbconvert --clear-output --inplace {name}"
        )


@pytest.mark.parametrize(
    ("cell", "n_faults"),
    [
        ({"outputs": [], "execution_count": None}, 0),
        ({"outputs": [], "execution_count": 3}, 1),
        ({"outputs": [{}], "execution_count": None}, 1),
    ],
)
def test_outputs_are_recognised(cell, n_faults):
    notebook = {"cells": [{"cell_type": "markdown"}, {"cell_type": "code", **cell}]}
    assert len(notebook_faults(notebook)) == n_faults


def test_no_file_is_large():
    for name in tracked():
        size = (ROOT / name).stat().st_size
        assert size <= LARGEST_FILE, f"{name} has {size} bytes; {LARGEST_FILE} are allowed"


def test_no_file_is_another_projects():
    """Third-party files are pinned dependencies, never copies."""
    copies = re.compile(r"\.min\.(js|css)$|\.(woff2?|ttf|otf|whl|pyc|pkl|pickle|joblib|h5|gz)$")
    assert [name for name in tracked() if copies.search(name)] == []


MACHINE = re.compile(
    r"/work/|/root/|/home/(?!ada)\w+|(/|C:\\+)Users[/\\]+(?!Ada)\w+|/opt/\w+|/tmp/\w+"
    r"|files\.pythonhosted\.org|pypi\.org/simple|registry\.\w+\.\w+|extra-index-url|find-links"
)


@pytest.mark.parametrize(
    "text",
    [
        "/home/grace/first",
        "C:\\Users\\Grace",
        "/Users/grace",
        "see https://registry.npmjs" + ".org/katex",
    ],
)
def test_a_machines_paths_and_registries_are_recognised(text):
    assert MACHINE.search(text)


def test_no_file_names_a_machines_paths_or_a_package_registry():
    here = Path(__file__).relative_to(ROOT).as_posix()
    for name in tracked():
        if name == here:
            continue
        try:
            found = MACHINE.search(read(name))
        except UnicodeDecodeError:  # a picture
            continue
        assert not found, f"{name} names {found[0]!r}"


# -- versions ------------------------------------------------------------------------------


def test_requirements_pin_everything_and_name_no_addresses():
    lines = read("requirements.txt").splitlines()
    for line in lines:
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; .+)?", line), f"not pinned: {line}"
    pinned = {line.partition("==")[0] for line in lines}
    project = tomllib.loads(read("pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    names = {re.match(r"[\w-]+", requirement)[0].lower() for requirement in wanted}
    assert names <= pinned, f"run `make lock`: {names - pinned} is not pinned"


def test_lock_files_carry_no_download_addresses():
    lock = json.loads(read("package-lock.json"))
    wanted = json.loads(read("package.json"))
    locked = {name.removeprefix("node_modules/"): entry for name, entry in lock["packages"].items()}
    for name, version in {**wanted["dependencies"], **wanted["devDependencies"]}.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), f"{name} is not pinned exactly: {version}"
        assert locked[name]["version"] == version, f"{name}: run npm install"
    for name, entry in locked.items():
        assert not name or entry["integrity"].startswith("sha512-"), name
    assert {name for name, entry in locked.items() if "resolved" in entry} == set()


def test_the_version_is_the_same_everywhere():
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    citation = yaml.safe_load(read("CITATION.cff"))
    assert citation["version"] == version
    headings = re.findall(r"^## \[?([\w.]+)", read("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert headings[1:] == sorted(headings[1:], reverse=True)


# -- the front page ------------------------------------------------------------------------


def readme_tree() -> set[str]:
    """Return the paths that the README's annotated tree names."""
    block = re.search(r"^## What is where\n+```text\n(.*?)```", read("README.md"), re.S | re.M)
    assert block, "README.md has lost its annotated tree"
    paths, folder = set(), ""
    for line in block[1].splitlines():
        if not line.strip():
            continue
        name, comment = re.fullmatch(r"\s*(\S+)\s*(.*)", line).groups()
        assert comment, f"the README's tree says nothing about {name}"
        if not line.startswith(" "):
            folder = name if name.endswith("/") else ""
            paths.add(name)
        else:
            paths.add(folder + name)
    return paths


def test_the_readmes_tree_is_the_tree():
    for path in readme_tree():
        assert any(
            name == path or (path.endswith("/") and name.startswith(path)) for name in tracked()
        ), f"the README's tree names {path}, which does not exist"
    named = {re.sub(r"/.*", "/", path) for path in readme_tree()}
    there = {re.sub(r"/.*", "/", name) for name in tracked() if not name.startswith(".")}
    assert there - named == set(), "the README's tree leaves these out"
    modules = {name for name in package("workshop") if "/__" not in name and name.count("/") == 1}
    assert modules - readme_tree() == set(), "the README's tree leaves these out"


def test_the_make_commands_that_texts_name_exist():
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    for name in [*files("*.md"), *files("*.ipynb")]:
        named = set(re.findall(r"`make ([a-z-]+)", read(name)))
        for block in re.findall(r"^ *```.*?^ *```", read(name), re.DOTALL | re.MULTILINE):
            named |= set(re.findall(r"^ *make ([a-z-]+)", block, re.MULTILINE))
        assert named <= targets, f"{name} names make {named - targets}"


def test_links_between_the_front_files_lead_somewhere():
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", read(name)):
            assert (ROOT / target).exists(), f"{name} links to {target}, which does not exist"


def test_the_readmes_picture_is_what_the_code_draws(tmp_path):
    """Numbers may differ in their last digits: another machine rounds otherwise."""
    command = [sys.executable, "docs/readme_picture.py", str(tmp_path / "drawn.svg")]
    subprocess.run(command, cwd=ROOT, check=True)
    kept, drawn = read("docs/assets/images/ten_points.svg"), (tmp_path / "drawn.svg").read_text()
    number = re.compile(r"(?<![#\w])-?\d+(?:\.\d+)?")
    again = "Draw it anew: .venv/bin/python docs/readme_picture.py"
    assert number.sub("0", drawn) == number.sub("0", kept), again
    pairs = zip(number.findall(drawn), number.findall(kept), strict=True)
    assert max(abs(float(a) - float(b)) for a, b in pairs) < 0.01, again

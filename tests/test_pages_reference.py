"""What the pages of the reference say agrees with the libraries and with the repository."""

import importlib.util
import inspect
import json
import re
import tomllib
import warnings
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier, MLPRegressor

from workshop.classifier import NetworkClassifier
from workshop.cli import main
from workshop.datasets import load_digits
from workshop.functions import squared_error

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "reference"


def section(page: str, heading: str) -> str:
    """Return the text of one section of a page, up to the next heading of its level."""
    text = (PAGES / page).read_text(encoding="utf-8")
    match = re.search(
        rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL
    )
    assert match, f"{page} has no section {heading!r}"
    return match[1]


def rows(text: str) -> list[list[str]]:
    """Return the cells of the tables in some Markdown, heads and rules left out."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    rules = [i for i, row in enumerate(cells) if all(re.fullmatch(":?-+:?", c) for c in row)]
    return [row for i, row in enumerate(cells) if i not in rules and i + 1 not in rules]


def names(column: int) -> list[str]:
    """Return the names in code of one column of the table of names."""
    table = rows(section("notation.md", "Names in code"))
    assert len(table) > 15
    return [name for row in table for name in re.findall("`([^`]+)`", row[column])]


@pytest.fixture(scope="module")
def small() -> tuple[np.ndarray, np.ndarray]:
    """Return 40 samples of 5 features in 3 classes."""
    return np.random.default_rng(0).random((40, 5), dtype=np.float32), np.arange(40) % 3


def is_known(name: str, estimator: object) -> bool:
    """Say whether a name is a parameter, an attribute or a value of an estimator."""
    if name.startswith('"'):
        return name.strip('"') in inspect.getdoc(type(estimator))
    owner: object = estimator
    inner = name.removeprefix("len(").removesuffix(")")
    for part in inner.split("."):
        if not hasattr(owner, part):
            return False
        owner = getattr(owner, part)
    return True


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_the_names_of_the_estimators_exist(small):
    ours = NetworkClassifier(hidden_sizes=(4,), epochs=1, random_state=0).fit(*small)
    theirs = MLPClassifier((4,), max_iter=1, random_state=0).fit(*small)
    assert [name for name in names(1) if not is_known(name, ours)] == []
    assert [name for name in names(2) if not is_known(name, theirs)] == []
    assert not is_known("hidden_layer_sizes", ours)  # the check can fail


def test_the_names_of_pytorch_exist():
    import torch
    from torch import nn, optim
    from torch.utils.data import DataLoader

    layer = nn.Linear(3, 2)
    parameters = {
        parameter
        for thing in (nn.Linear, optim.SGD, optim.Adam, DataLoader)
        for parameter in inspect.signature(thing).parameters
    }
    known = {"torch": torch, "nn": nn, "optim": optim, "layer": layer}
    for name in names(3):
        if name not in parameters:
            first, *rest = name.split(".")
            thing = known[first]
            for part in rest:
                thing = getattr(thing, part)


@pytest.mark.parametrize(
    ("thing", "meaning", "formula", "letter"),
    [
        ("nn.Linear", "bias", "y = xA^T + b", "$b$"),
        ("nn.Linear", "weight from neuron", "y = xA^T + b", "$A$, the whole matrix"),
        ("nn.MSELoss", "number of examples", "`N` is the batch size", "$N$"),
        ("nn.MSELoss", "an example", "l_n = ", "$n$"),
        ("nn.MSELoss", "cost, or loss", r"\ell(x, y)", r"$\ell$"),
        ("nn.MSELoss", "what should come out", "and target :math:`y`", "$y$"),
        ("nn.Sigmoid", "the activation", r"\sigma(x)", r"its name; $\sigma$ is the sigmoid"),
        ("optim.SGD", "all weights", r"\theta_0 \text{ (params)}", r"$\theta$; $g$"),
        ("optim.SGD", "learning rate", r"\gamma \text{ (lr)}", r"$\gamma$"),
        ("optim.SGD", "momentum", r"\mu \text{ (momentum)}", r"$\mu$; $\mathbf{b}$"),
        ("optim.SGD", "strength of", r"\lambda \text{ (weight decay)}", r"$\lambda$"),
    ],
)
def test_the_letters_of_pytorch_are_those_of_its_manual(thing, meaning, formula, letter):
    import torch

    module, name = thing.split(".")
    assert formula in getattr(getattr(torch, module), name).__doc__
    table = rows(section("notation.md", "Letters in formulas"))
    assert [row[4] for row in table if row[0].startswith(meaning)] == [letter]


def test_the_shapes_of_weights_are_as_written(small):
    import torch

    ours = NetworkClassifier(hidden_sizes=(4,), epochs=1, random_state=0).fit(*small)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = MLPClassifier((4,), max_iter=1, random_state=0).fit(*small)
    assert ours.weights_[0].shape == theirs.coefs_[0].shape == (5, 4)
    assert ours.biases_[0].shape == theirs.intercepts_[0].shape == (4,)
    assert torch.nn.Linear(5, 4).weight.shape == (4, 5)
    assert theirs.n_layers_ == len(ours.network_.sizes) == 3


def test_squared_errors_compare_as_written():
    import torch
    from sklearn.neural_network._base import squared_loss

    rng = np.random.default_rng(0)
    n, m = 6, 4
    answers, targets = rng.random((n, m)), rng.random((n, m))
    total = np.sum((answers - targets) ** 2)
    assert squared_error(answers, targets) == pytest.approx(total / n)
    assert squared_loss(targets, answers) == pytest.approx(total / (2 * n * m))
    loss = torch.nn.MSELoss()(torch.tensor(answers), torch.tensor(targets))
    assert loss.item() == pytest.approx(total / (n * m))
    assert MLPRegressor().loss == "squared_error"


def one_step(**settings: float) -> np.ndarray:
    """Return the first weights of scikit-learn's network after one step of plain SGD."""
    rng = np.random.default_rng(0)
    X, y = rng.random((8, 5)), np.arange(8) % 2
    network = MLPClassifier(
        (3,), solver="sgd", momentum=0, batch_size=8, shuffle=False, random_state=0, **settings
    )
    return network.partial_fit(X, y, classes=[0, 1]).coefs_[0]


def test_regularisation_shrinks_as_written():
    import torch

    rate, strength = 0.1, 0.5
    before = one_step(learning_rate_init=1e-12, alpha=0)
    shrunk = one_step(learning_rate_init=rate, alpha=0) - one_step(
        learning_rate_init=rate, alpha=strength
    )
    np.testing.assert_allclose(shrunk, before * rate * strength / 8, rtol=1e-6)

    weight = torch.ones(3, requires_grad=True)
    weight.grad = torch.zeros(3)
    torch.optim.SGD([weight], lr=rate, weight_decay=strength).step()
    assert weight.detach().numpy() == pytest.approx(1 - rate * strength)


def cheat_sheet():
    specification = importlib.util.spec_from_file_location("cheat_sheet", PAGES / "cheat_sheet.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.mark.parametrize("library", ["here", "with_scikit_learn", "with_pytorch"])
def test_the_code_of_the_cheat_sheet_reads_digits(library: str, monkeypatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    X_train, y_train, X_test, y_test = load_digits()
    digits = [array.astype(kind) for array, kind in (
        (X_train, np.float32), (y_train, np.int64), (X_test, np.float32), (y_test, np.int64)
    )]  # fmt: skip
    assert getattr(cheat_sheet(), library)(digits) > 0.93
    assert (tmp_path / "digits.pt").exists() == (library == "with_pytorch")


def test_the_cheat_sheet_shows_all_of_its_code():
    page = (PAGES / "cheat_sheet.md").read_text(encoding="utf-8")
    code = (PAGES / "cheat_sheet.py").read_text(encoding="utf-8")
    regions = re.findall(r"\[start:(\w+)\]", code)
    assert regions == re.findall(r"cheat_sheet\.py:(\w+)", page)


def test_the_commands_of_the_cheat_sheet_exist():
    commands = re.search(r"```sh\n(.*?)```", section("cheat_sheet.md", "This project"), re.DOTALL)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for line in commands[1].replace("\\\n", "").splitlines():
        program, argument, *_ = line.split()
        if program == "make":
            assert re.search(rf"^{argument}:", makefile, re.MULTILINE), line
        elif program.endswith("workshop"):
            with pytest.raises(SystemExit) as left:
                main([argument, "--help"])
            assert left.value.code == 0, line
        else:
            assert (ROOT / argument).is_file(), line


def test_each_notebook_of_mathematics_is_linked_from_where_it_is_first_used():
    docs = ROOT / "docs"
    pages = re.findall(
        r"- ((?:background|theory|practice|pytorch)/\S+)$",
        (ROOT / "mkdocs.yml").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    table = (docs / "mathematics" / "index.md").read_text(encoding="utf-8")
    first = dict(
        re.findall(r"^\| \[[^\]]+\]\((\w+\.ipynb)\).*\(\.\./([\w/.]+)\)", table, re.MULTILINE)
    )
    assert first.keys() == {path.name for path in (docs / "mathematics").glob("*.ipynb")}
    for notebook, named in first.items():
        link = f"(../mathematics/{notebook}"
        linking = [page for page in pages if link in (docs / page).read_text(encoding="utf-8")]
        assert linking[:1] == [named], f"docs/mathematics/index.md names {named} for {notebook}"


def test_the_overview_of_the_code_names_every_module():
    overview = (PAGES / "api" / "index.md").read_text(encoding="utf-8")
    for page in sorted((PAGES / "api").glob("*.md")):
        modules = re.findall(r"^::: (\S+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        missing = [name for name in modules if f"[{name}]" not in overview]
        assert missing == [], f"put them into the row of {page.name}"


SAME_LICENCE = {
    "Apache License 2.0": "Apache-2.0",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: MIT License": "MIT",
    "License agreement for matplotlib": "matplotlib's own, after Python's",
    "MIT License": "MIT",
}


def direct_dependencies() -> list[tuple[str, str]]:
    """Return where each direct dependency comes from, and its name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    python = [re.match(r"[\w.-]+", requirement)[0] for group in groups for requirement in group]
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    node = [*package["dependencies"], *package["devDependencies"]]
    return [("PyPI", name) for name in dict.fromkeys(python)] + [("npm", name) for name in node]


def declared_licence(origin: str, name: str) -> str | None:
    """Return the licence that an installed package declares; None if it is not installed."""
    if origin == "npm":
        file = ROOT / "node_modules" / name / "package.json"
        return json.loads(file.read_text(encoding="utf-8"))["license"] if file.exists() else None
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    kinds = [kind for kind in about.get_all("Classifier", []) if kind.startswith("License ::")]
    said = about["License-Expression"] or (about["License"] or kinds[-1]).split(" version")[0]
    return SAME_LICENCE.get(said, said)


def test_every_dependency_stands_in_the_table_with_its_licence():
    table = rows(section("sources.md", "Software"))
    listed = {(row[1], row[0]): row[2] for row in table}
    dependencies = direct_dependencies()
    assert len(dependencies) > 30
    declared = {key: declared_licence(*key) for key in dependencies}
    wrong = [
        f"| {name} | {origin} | {licence or '?'} | what it is for |"
        for (origin, name), licence in declared.items()
        if (origin, name) not in listed or licence not in (None, listed[origin, name])
    ]
    assert wrong == [], "write these lines into docs/reference/sources.md, section Software"
    assert listed.keys() == declared.keys(), "sources.md lists what is no longer a dependency"


def test_every_page_with_sources_is_linked_from_the_list():
    text = section("sources.md", "Published figures quoted here")
    pages = {
        path.relative_to(ROOT / "docs").as_posix()
        for path in [*(ROOT / "docs").rglob("*.md"), *(ROOT / "docs").rglob("*.ipynb")]
        if PAGES not in path.parents
        and (
            '"## Sources' in (words := path.read_text(encoding="utf-8"))
            or re.search(r"^## Sources$", words, re.MULTILINE)
        )
    }
    assert len(pages) > 3
    linked = {
        (PAGES / target).resolve().relative_to(ROOT / "docs").as_posix()
        for target in re.findall(r"\]\(([^)#]+\.(?:md|ipynb))", text)
    }
    assert pages - linked == set(), "link these pages in docs/reference/sources.md"


def described_parameters(thing):
    """Yield (path, name, default in the code, default that the reference shows) of all below."""
    for member in thing.members.values():
        if member.is_alias:
            continue
        if (member.is_function or member.is_class) and member.docstring:
            known = {parameter.name: parameter.default for parameter in member.parameters}
            for section in member.docstring.parsed:
                for shown in section.value if section.kind.value == "parameters" else ():
                    for name in shown.name.replace("*", "").split(", "):
                        yield member.path, name, known.get(name, "no such parameter"), shown.default
        if member.is_class or member.is_module:
            yield from described_parameters(member)


def test_the_reference_shows_the_defaults_of_the_code():
    """In `{"a", "b"}` its reader takes the first for the default; names in a row share one."""
    import griffe

    package = griffe.load(
        "workshop", search_paths=[ROOT], docstring_parser="numpy", allow_inspection=False
    )
    described = list(described_parameters(package))
    assert len(described) > 500
    wrong = [
        f"{path}: {name}={default} is shown as {shown}"
        for path, name, default, shown in described
        if str(default).replace("'", '"') != str(shown).replace("'", '"')
        and shown not in {None, "()"}  # not given one, or a place for further arguments
        and default != "None"  # which stands for something that the docstring names
    ]
    assert not wrong

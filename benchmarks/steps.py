"""`make results`: run the steps at full size over several seeds and write `results/<step>.json`.

Pages and slides quote these numbers. A step is run again only when its code has changed: the
example and what it uses of `workshop` (see `reach`). Leave the machine alone meanwhile: the seconds
are those of an idle one.
"""

import argparse
import contextlib
import importlib
import io
import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from importlib import metadata
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.reach import code_hash

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
RESULTS = ROOT / "results"
SEEDS = (0, 1, 2, 3, 4)
LIBRARIES = ("numpy", "scikit-learn", "torch", "keras", "pandas")
# What pages show beyond the steps: each is a module of this folder with a function `measured`.
PAGES = (
    "library_questions",
    "ring_samples",
    "what_is_remembered",
    "what_ideas_buy",
    "what_it_learned",
    "what_neighbours_buy",
    "your_number",
)


def main(arguments: list[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    arguments : list of str, optional
        The command line after the program's name; by default the process's own.

    Returns
    -------
    int
        Exit code: 0, or 1 if ``--check`` found results that are not up to date.
    """
    stems = sorted(path.stem for path in EXAMPLES.glob("step*.py"))
    stems += PAGES
    parser = argparse.ArgumentParser(prog="python -m benchmarks.steps", description=__doc__)
    parser.add_argument("--steps", nargs="+", choices=stems, default=stems, metavar="STEP")
    parser.add_argument("--seeds", nargs="+", type=int, default=list(SEEDS), metavar="SEED")
    parser.add_argument("--force", action="store_true", help="also those that are up to date")
    parser.add_argument("--check", action="store_true", help="only name those that are not")
    options = parser.parse_args(arguments)

    seeds = options.seeds
    due = [stem for stem in options.steps if options.force or not is_current(stem, seeds)]
    if options.check:
        for stem in due:
            print(f"results/{stem}.json is missing, or of other code or seeds: `make results`")
        return 1 if due else 0
    if not due:
        print("All results are up to date.")
        return 0
    measure_all(due, seeds)
    return 0


def measure_all(stems: list[str], seeds: list[int]) -> None:
    """Run each step with each seed, each in a process of its own, and write its results.

    Parameters
    ----------
    stems : list of str
        File names in `examples/` without ``.py``, or names of `PAGES`.
    seeds : list of int
    """
    from tqdm import tqdm

    from workshop.datasets import data_folder, download_mnist

    mnist = download_mnist()
    with (
        tempfile.TemporaryDirectory() as folder,
        tqdm(total=len(stems) * len(seeds), unit="run") as bar,
        contextlib.chdir(folder),  # for the pictures
    ):
        # A data folder without networks that an older version of the code has trained.
        shutil.copytree(mnist, Path(folder) / mnist.relative_to(data_folder()))
        os.environ["WORKSHOP_DATA"] = folder
        for stem in stems:
            code = code_hash(source(stem), ROOT)
            if stem in PAGES:
                bar.set_description(stem)
                with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as own_process:
                    result = own_process.submit(measure_page, stem, seeds).result()
                bar.update(len(seeds))
                write(stem, {**result, "code": code})
                continue
            runs = []
            for seed in seeds:
                bar.set_description(f"{stem}, seed {seed}")
                with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as own_process:
                    runs.append(own_process.submit(measure, stem, seed).result())
                bar.update()
            write(stem, {**summary(stem, seeds, runs), "code": code})


def measure(stem: str, seed: int) -> dict[str, Any]:
    """Run a step at full size, with its output kept quiet.

    Parameters
    ----------
    stem : str
    seed : int

    Returns
    -------
    dict
        Its ``score``, its ``seconds``, and the ``rows`` that its `walk` gives, if it has one.
    """
    example = importlib.import_module(f"examples.{stem}")
    rows: list[dict] = []
    if walk := getattr(example, "walk", None):

        def recorded(**settings: object) -> Any:
            for row in walk(**settings):
                rows.append(row)
                yield row

        example.walk = recorded
    started = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        score = example.main(seed=seed)
    return {"score": score, "seconds": time.perf_counter() - started, "rows": rows}


def source(stem: str) -> Path:
    """Return the file whose code decides a result."""
    return (ROOT / "benchmarks" if stem in PAGES else EXAMPLES) / f"{stem}.py"


def measure_page(stem: str, seeds: list[int]) -> dict[str, Any]:
    """Return what the module `stem` of `PAGES` measures with these seeds."""
    return importlib.import_module(f"benchmarks.{stem}").measured(seeds)


def summary(stem: str, seeds: list[int], runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Put the runs of a step together.

    Parameters
    ----------
    stem : str
    seeds : list of int
    runs : list of dict
        What `measure` returned for each seed.

    Returns
    -------
    dict
        As `results/<stem>.json` has it, apart from the hash of the code.
    """
    scores = [round(run["score"], 6) for run in runs]
    seconds = [round(run["seconds"], 3) for run in runs]
    result = {
        "step": stem,
        "seeds": seeds,
        "scores": scores,
        **spread(scores),
        "seconds": spread(seconds),
        "machine": machine(),
        "versions": {name: metadata.version(name) for name in LIBRARIES},
    }
    if runs[0]["rows"]:
        result["tables"] = {"changes": table([run["rows"] for run in runs])}
    return result


def spread(values: list[float]) -> dict[str, float]:
    """Return the least, the middle and the greatest of some values."""
    middle = round(statistics.median(values), 6)
    return {"minimum": min(values), "median": middle, "maximum": max(values)}


def table(walks: list[list[dict]]) -> dict[str, list]:
    """Put the rows of several seeds into one table: words as they are, numbers as ranges.

    Parameters
    ----------
    walks : list of list of dict
        For each seed its rows, for each row its columns: words, ``seconds``, or shares (0 to 1).

    Returns
    -------
    dict
        ``columns``, a list of str, and ``rows``, a list of lists of str; shares in percent.
    """
    columns, heads = list(walks[0][0]), []
    for column in columns:
        is_share = column != "seconds" and not isinstance(walks[0][0][column], str)
        head = column[0].upper() + column[1:].replace("_", " ")
        heads.append(head + (", %" if is_share else ""))
    rows = [
        [_cell(column, [row[column] for row in rows]) for column in columns]
        for rows in zip(*walks, strict=True)
    ]
    return {"columns": heads, "rows": rows}


def _cell(column: str, values: list) -> str:
    if isinstance(values[0], str):
        return values[0]
    least, most = (
        f"{value:.0f}" if column == "seconds" else f"{100 * value:.1f}"
        for value in (min(values), max(values))
    )
    return least if least == most else f"{least}–{most}"


def machine() -> dict[str, Any]:
    """Describe this machine without naming it."""
    cpu = platform.processor() or platform.machine()
    with contextlib.suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        cpu = next((line.partition(":")[2].strip() for line in lines if "model name" in line), cpu)
    return {
        "cpu": cpu,
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


def write(stem: str, result: dict[str, Any]) -> None:
    """Write the results of a step in one go."""
    RESULTS.mkdir(exist_ok=True)
    unfinished = RESULTS / f"{stem}.json.part"
    unfinished.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", "utf-8")
    unfinished.replace(RESULTS / f"{stem}.json")


def is_current(stem: str, seeds: list[int]) -> bool:
    """Tell whether the results of a step are those of its code and of these seeds."""
    try:
        known = json.loads((RESULTS / f"{stem}.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    return known["seeds"] == seeds and known["code"] == code_hash(source(stem), ROOT)


if __name__ == "__main__":
    sys.exit(main())

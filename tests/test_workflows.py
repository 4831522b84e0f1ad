"""What GitHub is told to run: sound workflows, no more rights than needed, commands that exist."""

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".github" / "workflows"
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.y*ml"))}
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]  # all that the pinned packages have wheels for

# No GITHUB_TOKEN may do more than this.
RIGHTS = {
    ("ci.yml", "site"): {"contents": "read", "pages": "read"},
    ("ci.yml", "deploy"): {"pages": "write", "id-token": "write"},
    ("release.yml", "publish"): {"contents": "write"},
}


def parse(text: str) -> dict[str, Any]:
    """Return a workflow; YAML 1.1 reads its word `on` as true."""
    workflow = yaml.safe_load(text)
    return {"on" if key is True else key: value for key, value in workflow.items()}


WORKFLOWS = {name: parse(text) for name, text in TEXTS.items()}
JOBS = [(name, job) for name, workflow in WORKFLOWS.items() for job in workflow["jobs"]]


def steps(name: str, job: str) -> list[dict[str, Any]]:
    return WORKFLOWS[name]["jobs"][job]["steps"]


def commands(name: str, job: str | None = None) -> str:
    """Return all that a workflow, or one job of it, types into a shell, long lines joined."""
    jobs = [job] if job else WORKFLOWS[name]["jobs"]
    typed = "\n".join(step["run"] for job in jobs for step in steps(name, job) if "run" in step)
    return re.sub(r"[\\`]\n\s*", " ", typed)


# -- actionlint ----------------------------------------------------------------------------


MISTAKES = {
    "an unknown machine": ("runs-on: ubuntu-24.04", "runs-on: ubuntu-24.40", "runner-label"),
    "a right that is none": ("contents: read", "content: read", "permissions"),
    "a job that is not there": ("needs: [test, site]", "needs: [tests, site]", "job-needs"),
    "a misspelt output": ("steps.pages.outputs", "steps.page.outputs", "expression"),
    "a key that is none": ("timeout-minutes: 45", "timeout: 45", "syntax-check"),
    "a title typed into a shell": (
        "run: .ci/run",
        "run: echo '${{ github.event.pull_request.title }}'",
        "expression",
    ),
}


@pytest.fixture(scope="module")
def faults() -> dict[str, list[str]]:
    """Return what actionlint says of each workflow, and of ci.yml with each mistake planted."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "hooks"))
        import node

    planted = {
        mistake: TEXTS["ci.yml"].replace(right, wrong, 1)
        for mistake, (right, wrong, _) in MISTAKES.items()
    }
    node.install_packages()
    said = node.run_node(ROOT / "tests" / "lint_workflows.js", json.dumps(TEXTS | planted))
    return json.loads(said)


def test_actionlint_finds_no_fault(faults):
    assert {name: faults[name] for name in TEXTS} == {name: [] for name in TEXTS}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_actionlint_finds_a_planted_mistake(faults, mistake):
    kinds = [fault.rpartition(" [")[2].removesuffix("]") for fault in faults[mistake]]
    assert MISTAKES[mistake][2] in kinds


def test_there_are_three_workflows():
    assert set(TEXTS) == {"ci.yml", "readme.yml", "release.yml"}


# -- rights and manners --------------------------------------------------------------------


def test_a_workflow_may_read_the_repository_and_nothing_else():
    for name, workflow in WORKFLOWS.items():
        assert workflow["permissions"] == {"contents": "read"}, name
    more = {
        (name, job): WORKFLOWS[name]["jobs"][job]["permissions"]
        for name, job in JOBS
        if "permissions" in WORKFLOWS[name]["jobs"][job]
    }
    assert more == RIGHTS


@pytest.mark.parametrize(
    ("name", "job"), [key for key in RIGHTS if "write" in RIGHTS[key].values()]
)
def test_a_job_that_may_write_runs_none_of_our_code(name, job):
    """A dependency that was tampered with must not meet a token that can publish."""
    used = [step.get("uses", "") for step in steps(name, job)]
    assert not [action for action in used if "checkout" in action]
    assert not re.search(r"make|pip|python|npm|\.ci/", commands(name, job))


@pytest.mark.parametrize(("name", "job"), JOBS)
def test_a_job_ends_in_time(name, job):
    assert WORKFLOWS[name]["jobs"][job]["timeout-minutes"] <= 60


@pytest.mark.parametrize("name", TEXTS)
def test_a_workflow_does_not_run_twice_at_once(name):
    concurrency = WORKFLOWS[name]["concurrency"]
    assert "github.ref" in concurrency["group"]
    assert "cancel-in-progress" in concurrency


@pytest.mark.parametrize("name", TEXTS)
def test_actions_are_githubs_own_and_pinned_by_commit(name):
    used = re.findall(r"^ *(?:- )?uses: (.*)$", TEXTS[name], re.MULTILINE)
    assert used
    for action in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action


def test_an_action_has_one_version():
    used = set(re.findall(r"uses: (\S+)", "\n".join(TEXTS.values())))
    assert len(used) == len({action.partition("@")[0] for action in used})


@pytest.mark.parametrize(("name", "job"), JOBS)
def test_a_checkout_leaves_no_token_behind(name, job):
    for step in steps(name, job):
        if "checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


# -- what they run -------------------------------------------------------------------------


@pytest.mark.parametrize("name", TEXTS)
def test_make_commands_and_files_that_a_workflow_names_exist(name):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"^ *make ([a-z-]+)", commands(name), re.MULTILINE))
    assert named <= targets, f"{name} names make {named - targets}"
    paths = r"(?<![\w/\\.-])((?:\.ci|examples|tests|docs)[/\\][\w./\\-]+|[\w-]+\.(?:txt|toml|md))"
    made = {"notes.md"}
    files = {path.replace("\\", "/") for path in re.findall(paths, commands(name))} - made
    cached = {
        step["with"]["cache-dependency-path"]
        for _, job in JOBS
        for step in WORKFLOWS[name]["jobs"].get(job, {}).get("steps", [])
        if "cache" in step.get("with", {})
    }
    missing = {file for file in files | cached if not (ROOT / file).is_file()}
    assert not missing, f"{name} names files that do not exist"


def test_only_main_is_published_and_only_after_the_tests():
    jobs = WORKFLOWS["ci.yml"]["jobs"]
    assert WORKFLOWS["ci.yml"]["on"]["push"] == {"branches": ["main"]}
    assert ".ci/run" in commands("ci.yml", "test").splitlines()
    assert jobs["site"]["if"] == "github.ref == 'refs/heads/main'"
    assert jobs["deploy"]["needs"] == ["test", "site"]  # skipped when one of them is
    assert "make site" in commands("ci.yml", "site").splitlines()


def test_the_site_is_built_for_the_address_that_pages_gives():
    build = next(step for step in steps("ci.yml", "site") if step.get("run") == "make site")
    (variable,) = build["env"]
    assert variable in (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


def test_a_release_is_tested_and_made_before_it_is_published():
    assert WORKFLOWS["release.yml"]["on"] == {"push": {"tags": ["v*"]}}
    lines = commands("release.yml", "build").splitlines()
    assert lines.index(".ci/run") < lines.index("make offline")
    assert WORKFLOWS["release.yml"]["jobs"]["publish"]["needs"] == "build"


def test_the_readmes_commands_are_what_is_run():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    typed = {line.strip().removesuffix(" &") for line in commands("readme.yml").splitlines()}
    blocks = re.findall(r"^```(?:sh|powershell)\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)
    wanted = {line.partition("#")[0].strip() for block in blocks for line in block.splitlines()}
    wanted |= set(re.findall(r"^- `(\.venv/bin/[^`]+)`", readme, re.MULTILINE))
    assert len(wanted) >= 12
    assert wanted - typed == set(), "readme.yml must run these commands of the README too"


@pytest.mark.parametrize(("name", "job"), [job for job in JOBS if job[0] != "readme.yml"])
def test_set_up_is_the_readmes(name, job):
    """PyTorch for processors: the other build is three gigabytes more."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    wanted = re.search(r"```sh\n(python3 -m venv .*?)```", readme, re.DOTALL)[1].splitlines()
    lines = commands(name, job).splitlines()
    if any(line.startswith(("make ", ".ci/run")) for line in lines):
        assert [line for line in lines if line in wanted] == wanted


def test_every_system_and_supported_python_is_tried():
    matrix = WORKFLOWS["readme.yml"]["jobs"]["readme"]["strategy"]["matrix"]
    assert {system.partition("-")[0] for system in matrix["os"]} == {"ubuntu", "macos", "windows"}
    assert matrix["python"] == PYTHONS
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={PYTHONS[0]}"
    assert f"{sys.version_info.major}.{sys.version_info.minor}" in PYTHONS
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"Python {PYTHONS[0]} to {PYTHONS[-1]}" in readme
    assert {"schedule", "workflow_dispatch"} == set(WORKFLOWS["readme.yml"]["on"])

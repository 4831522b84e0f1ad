"""Put quizzes into pages: ``{{ quiz() }}`` on a line of its own.

The questions lie beside the page, in a file with the page's stem: `docs/theory/learning_rate.ipynb`
has `docs/theory/learning_rate.quiz.yml`:

.. code-block:: yaml

    - question: A neuron has weight 2 and bias -1. What does it answer to 3?
      choices:
        - text: "5"
          right: true
          why: 2 times 3 is 6, minus 1 is 5.
        - text: "4"
          why: That is 2 times (3 - 1). The bias is added after the multiplication.
        - text: "6"
          why: That is 2 times 3, without the bias.

Every text may hold Markdown, formulas, links to pages and the macros of `hooks/results.py`. Exactly
one choice is right, and each says why it is right or what mistake leads to it. The page gets a
`<fieldset>` of radio buttons for each question and, folded, the explanations, which is all that a
reader without JavaScript needs; `docs/assets/js/quiz.js` shows the explanation of the choice that
was made. For a printed book, the questions are `.quiz-question` and their answers the
`.quiz-answers` in them, which name choices by letter and can stand anywhere.
"""

import hashlib
import html
import logging
import re
from pathlib import Path
from string import ascii_uppercase
from typing import Any

import markdown as python_markdown
import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from root import root_of

from results import expand

log = logging.getLogger("mkdocs.hooks.quiz")

SUFFIX = ".quiz.yml"
FEWEST_CHOICES = 3
CODE_OR_MACRO = re.compile(
    r"^[ \t]*(?P<ticks>`{3,}|~{3,}).*?^[ \t]*(?P=ticks)[ \t]*$"
    r"|^(?P<macro>\{\{\s*quiz\(\)\s*\}\})[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
PLACE = '<div data-quiz-place=""></div>'
LINK = re.compile(r'(<a [^>]*?href=")([^":#?]+\.(?:md|ipynb))(#[^"]*)?"')
ONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>", re.DOTALL)

Question = dict[str, Any]


def faults_of(questions: Any) -> list[str]:
    """Say what is wrong with the content of a quiz file.

    Parameters
    ----------
    questions : object
        What the YAML holds.

    Returns
    -------
    list of str
        One sentence for each fault, beginning with the question's number.
    """
    if not isinstance(questions, list) or not questions:
        return ["expected a list of questions ('- question: ...'), got something else or nothing"]
    faults = []
    for number, question in enumerate(questions, start=1):
        faults += [f"question {number}: {fault}" for fault in faults_of_question(question)]
    return faults


def faults_of_question(question: Any) -> list[str]:
    """Say what is wrong with one question."""
    faults = faults_of_keys(question, {"question", "choices"}, {"question"})
    choices = question.get("choices") if isinstance(question, dict) else None
    if not isinstance(choices, list) or len(choices) < FEWEST_CHOICES:
        return [*faults, f"expected a list of at least {FEWEST_CHOICES} choices"]
    for letter, choice in zip(ascii_uppercase, choices, strict=False):
        found = faults_of_keys(choice, {"text", "why", "right"}, {"text", "why"})
        if isinstance(choice, dict) and choice.get("right", True) not in (True, False):
            found.append("'right' must be true or false")
        faults += [f"choice {letter}: {fault}" for fault in found]
    n_right = sum(isinstance(choice, dict) and choice.get("right") is True for choice in choices)
    if n_right != 1:
        faults.append(f"exactly one choice must have 'right: true', {n_right} have")
    texts = [str(choice.get("text")) for choice in choices if isinstance(choice, dict)]
    if len(set(texts)) < len(texts):
        faults.append("two choices have the same text")
    return faults


def faults_of_keys(entry: Any, known: set[str], texts: set[str]) -> list[str]:
    """Say which keys of an entry are unknown, and which texts are missing or empty."""
    if not isinstance(entry, dict):
        return [f"expected the keys {', '.join(sorted(known))}, got {entry!r}"]
    faults = [
        f"unknown key {key!r}; known: {', '.join(sorted(known))}"
        for key in entry
        if key not in known
    ]
    for key in sorted(texts):
        value = entry.get(key)
        if value is None or (isinstance(value, str) and not value.strip()):
            faults.append(f"{key!r} is missing or empty")
        elif not isinstance(value, str):
            faults.append(f'{key!r} is not text: write {key}: "{value}"')
    return faults


def read_quiz(file: Path) -> tuple[list[Question], list[str]]:
    """Read a quiz file.

    Parameters
    ----------
    file : Path
        Beside a page, ``name.quiz.yml``.

    Returns
    -------
    questions : list of dict
        Empty where the file has a fault.
    faults : list of str
        What is wrong, for warnings.
    """
    try:
        questions = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        said = " ".join(str(error).split())
        return [], [f'not YAML: {said}. Quote texts that contain ": " or begin with a special sign']
    faults = faults_of(questions)
    return ([], faults) if faults else (questions, [])


def name_of(question: Question) -> str:
    """Return a short hash of a question and its choices: a changed question is a new one."""
    texts = [question["question"], *(choice["text"] for choice in question["choices"])]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:10]


class Writer:
    """Writes the questions of one page as HTML.

    Parameters
    ----------
    page : Page
        The page that shows them.
    config : MkDocsConfig
        Its Markdown extensions read the texts.
    files : Files
        The site's files, for links.
    """

    def __init__(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        self.page = page
        self.files = files
        self.results = root_of(config) / "results"
        self.where = f"{Path(page.file.src_uri).with_suffix('')}{SUFFIX}"
        skipped = {"toc", "footnotes"}  # they belong to a whole page, as do plugins' own extensions
        self.markdown = python_markdown.Markdown(
            extensions=[
                name
                for name in config.markdown_extensions
                if isinstance(name, str) and name not in skipped
            ],
            extension_configs=config.mdx_configs or {},
        )

    def html(self, text: str) -> str:
        """Return Markdown as HTML; a single paragraph comes without its ``<p>``."""
        self.markdown.reset()
        made = self.markdown.convert(expand(text.strip(), self.results, self.where))
        made = LINK.sub(self.link, made)
        alone = ONE_PARAGRAPH.fullmatch(made)
        return alone[1] if alone else made

    def link(self, match: re.Match[str]) -> str:
        """Return a link to a page's source as a link to the page."""
        uri = (Path(self.page.file.src_uri).parent / match[2]).as_posix()
        parts: list[str] = []
        for part in uri.split("/"):
            parts = parts[:-1] if part == ".." else [*parts, part]
        file = self.files.get_file_from_path("/".join(parts))
        if file is None:
            return match[0]  # hooks/links.py reports it
        return f'{match[1]}{file.url_relative_to(self.page.file)}{match[3] or ""}"'

    def question(self, number: int, question: Question) -> str:
        """Return one question."""
        first, _, rest = self.question_text(question["question"])
        choices, answers = [], []
        for index, choice in enumerate(question["choices"]):
            letter = ascii_uppercase[index]
            right = choice.get("right", False)
            choices.append(
                f'<li><label><input type="radio" name="quiz-{number}" value="{letter}" '
                f'autocomplete="off"><span class="quiz-letter">{letter}</span>'
                f'<span class="quiz-text">{self.html(choice["text"])}</span></label></li>'
            )
            verdict = "Right." if right else "Not right."
            answers.append(
                f'<li data-choice="{letter}" data-right="{"yes" if right else "no"}">'
                f"<strong>{letter}. {verdict}</strong> {self.html(choice['why'])}</li>"
            )
        return (
            f'<fieldset class="quiz-question" data-question="{name_of(question)}">'
            f"<legend>{number}. {first}</legend>{rest}"
            f'<ul class="quiz-choices">{"".join(choices)}</ul>'
            '<div class="quiz-said"></div>'
            f'<details class="quiz-answers"><summary>Answers to question {number}</summary>'
            f"<ul>{''.join(answers)}</ul></details></fieldset>"
        )

    def question_text(self, text: str) -> tuple[str, str, str]:
        """Return the first paragraph of a question, for the legend, and what follows it."""
        made = self.html(text)
        if made.startswith("<p>"):
            first, end, rest = made.removeprefix("<p>").partition("</p>")
            return first, end, f'<div class="quiz-more">{rest}</div>'
        return made, "", ""

    def quiz(self, questions: list[Question]) -> str:
        """Return the whole quiz."""
        shown = [self.question(number, each) for number, each in enumerate(questions, start=1)]
        name = html.escape(Path(self.page.file.src_uri).with_suffix("").as_posix())
        return (
            f'<section class="quiz" data-quiz="{name}" aria-label="Questions" data-search-exclude>'
            f"{''.join(shown)}"
            '<p class="quiz-foot" hidden><button type="button">Forget my answers</button> '
            '<span class="quiz-forgotten"></span></p></section>'
        )


def quiz_file(page: Page) -> Path:
    """Return where a page's questions lie."""
    path = Path(page.file.abs_src_path or "")
    return path.with_name(path.stem + SUFFIX)


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Warn of questions that no page can show."""
    for file in sorted(Path(config.docs_dir).rglob(f"*{SUFFIX}")):
        name = file.relative_to(config.docs_dir).as_posix()
        stem = name.removesuffix(SUFFIX)
        if not any(files.get_file_from_path(f"{stem}.{kind}") for kind in ("md", "ipynb")):
            log.warning(f"{name}: there is no page {stem}.md or {stem}.ipynb to show it")


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Leave a place for the quiz, which `on_page_content` fills."""
    count = 0

    def put(match: re.Match[str]) -> str:
        nonlocal count
        if not match["macro"]:
            return match[0]
        count += 1
        return PLACE if count == 1 else ""

    markdown = CODE_OR_MACRO.sub(put, markdown)
    name, exists = page.file.src_uri, quiz_file(page).is_file()
    if count > 1:
        log.warning(f"{name}: {{{{ quiz() }}}} stands {count} times; a page has one quiz")
    if count and not exists:
        log.warning(f"{name}: {{{{ quiz() }}}}, but there is no file {quiz_file(page).name}")
    if exists and not count:
        log.warning(f"{name}: has a {quiz_file(page).name}, but no line {{{{ quiz() }}}}")
    return markdown


def on_page_content(content: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put the questions into their place."""
    if PLACE not in content or not quiz_file(page).is_file():
        return content.replace(PLACE, "")
    questions, faults = read_quiz(quiz_file(page))
    writer = Writer(page, config, files)
    for fault in faults:
        log.warning(f"{writer.where}: {fault}")
    return content.replace(PLACE, writer.quiz(questions) if questions else "")

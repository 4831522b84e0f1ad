"""What a class handed in, as one page: who solved what, and which ideas went wrong."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path

from workshop.exercises.outcome import RIGHT, UNTOUCHED, WRONG, Outcome
from workshop.exercises.submissions import Submission
from workshop.exercises.table import BY_NUMBER, EXERCISES, Exercise

MISSING = "missing"
SIGNS = {RIGHT: "✓", WRONG: "✗", UNTOUCHED: "–", MISSING: ""}
MOST_CAUSES = 10


@dataclass(frozen=True)
class Row:
    """One learner.

    Attributes
    ----------
    submission : Submission
        What was handed in.
    outcomes : dict of int to Outcome
        By the number of the exercise, what came of its check.
    """

    submission: Submission
    outcomes: dict[int, Outcome]

    @property
    def learner(self) -> str:
        """The name of the folder or zip."""
        return self.submission.learner

    def state(self, exercise: Exercise) -> str:
        """Return an exercise's state, which may be that it was not handed in.

        Parameters
        ----------
        exercise : Exercise
            Which one.

        Returns
        -------
        str
            "right", "wrong", "not attempted" or "missing".
        """
        found = self.outcomes.get(exercise.number)
        return found.state if found else MISSING

    def counts(self) -> Counter[str]:
        """Return how many exercises are in each state.

        Returns
        -------
        Counter of str
            By state; together as many as there are exercises.
        """
        return Counter(self.state(exercise) for exercise in EXERCISES)

    def remarks(self) -> str:
        """Return what could not be read, and what was left out.

        Returns
        -------
        str
            Empty if there is nothing to say.
        """
        return "; ".join(self.submission.remarks)


def rows(submissions: Sequence[Submission], outcomes: Sequence[Outcome]) -> list[Row]:
    """Join submissions and the outcomes of their jobs, in the same order.

    Parameters
    ----------
    submissions : sequence of Submission
        What was handed in.
    outcomes : sequence of Outcome
        One for each exercise in each of them, in the order of `Submission.jobs`.

    Returns
    -------
    list of Row
        One for each learner.
    """
    left = iter(outcomes)
    made = []
    for submission in submissions:
        found = {number: next(left) for number in sorted(submission.contents)}
        made.append(Row(submission, found))
    return made


def page(rows: Sequence[Row], title: str) -> str:
    """Return the report as one page of HTML that asks nothing of any other place.

    Parameters
    ----------
    rows : sequence of Row
        The learners.
    title : str
        Of the class.

    Returns
    -------
    str
        HTML; whatever learners wrote in it is escaped.
    """
    shown = [each for each in EXERCISES if any(row.state(each) != MISSING for row in rows)]
    style = Path(__file__).with_name("report.css").read_text(encoding="utf-8")
    made = datetime.now().astimezone().strftime("%d %B %Y, %H:%M")
    body = "\n".join([*_overview(rows, shown), *_causes(rows), *_details(rows)])
    return f"""<!doctype html>
<html lang="en-GB">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Exercises: {escape(title)}</title>
<style>
{style}</style>
<main>
<h1>Exercises: {escape(title)}</h1>
<p>{_counted(len(rows), "learner")}, {len(shown)} of {len(EXERCISES)} exercises handed in by
somebody. Checked on {escape(made)}.</p>
{body}
</main>
</html>
"""


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def _overview(rows: Sequence[Row], shown: Sequence[Exercise]) -> Iterator[str]:
    yield "<h2>Who solved what</h2>"
    yield (
        f"<p>{SIGNS[RIGHT]} right, {SIGNS[WRONG]} wrong, {SIGNS[UNTOUCHED]} not attempted, empty: "
        "not handed in. A name leads to what was wrong.</p>"
    )
    yield '<div class="wide" tabindex="0" role="region" aria-label="Who solved what"><table>'
    yield "<thead><tr><th scope='col'>Learner</th><th scope='col'>Right</th>"
    for exercise in shown:
        title = escape(f"{exercise.number}. {exercise.title}")
        yield f"<th scope='col'><abbr title='{title}'>{exercise.number}</abbr></th>"
    yield "</tr></thead><tbody>"
    for index, row in enumerate(rows):
        name = escape(row.learner)
        n_right = row.counts()[RIGHT]
        yield f"<tr><th scope='row'><a href='#learner-{index}'>{name}</a></th><td>{n_right}</td>"
        for exercise in shown:
            state = row.state(exercise)
            kind = state.replace(" ", "-")
            sign = f"<span aria-hidden='true'>{SIGNS[state]}</span>"
            yield f"<td class='{kind}'>{sign}<span class='words'>{state}</span></td>"
        yield "</tr>"
    yield "</tbody><tfoot><tr><th scope='row'>Right</th><td></td>"
    for exercise in shown:
        yield f"<td>{sum(row.state(exercise) == RIGHT for row in rows)}</td>"
    yield "</tr></tfoot></table></div>"


def _causes(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the causes that several learners share: what to talk about in class."""
    causes: Counter[tuple[int, str]] = Counter(
        (number, outcome.cause)
        for row in rows
        for number, outcome in row.outcomes.items()
        if outcome.state == WRONG and outcome.cause
    )
    if not causes:
        return
    yield "<h2>What went wrong most often</h2><ol>"
    for (number, cause), times in causes.most_common(MOST_CAUSES):
        title = escape(f"Exercise {number}, {BY_NUMBER[number].title}")
        learners = _counted(times, "learner")
        yield f"<li>{escape(cause)} <small>{title}: {learners}.</small></li>"
    yield "</ol>"


def _details(rows: Sequence[Row]) -> Iterator[str]:
    yield "<h2>Learner by learner</h2>"
    for index, row in enumerate(rows):
        counts = row.counts()
        yield f"<section id='learner-{index}'><h3>{escape(row.learner)}</h3>"
        said = ", ".join(f"{counts[state]} {state}" for state in (RIGHT, WRONG, UNTOUCHED))
        yield f"<p>{said}.</p>"
        if row.submission.remarks:
            yield "<ul>"
            yield from (f"<li>{escape(remark)}</li>" for remark in row.submission.remarks)
            yield "</ul>"
        for number, outcome in row.outcomes.items():
            if outcome.state == WRONG:
                yield from _fault(BY_NUMBER[number], outcome, row.submission.places[number])
        yield "</section>"


def _fault(exercise: Exercise, outcome: Outcome, place: str) -> Iterator[str]:
    yield f"<details><summary>{exercise.number}. {escape(exercise.title)}</summary>"
    yield f"<p>{escape(outcome.cause) or 'No likely cause is known.'}</p><dl>"
    for word, text in (
        ("File", place),
        ("Checked", outcome.failed),
        ("Call", outcome.call),
        ("Gave", outcome.gave),
        ("Expected", outcome.expected),
        ("Lines", "\n".join(outcome.trace)),
        ("Notes", "\n".join(outcome.notes)),
        ("Printed", outcome.printed),
    ):
        if text:
            yield f"<dt>{word}</dt><dd><pre tabindex='0'>{escape(text)}</pre></dd>"
    yield "</dl></details>"

"""The quizzes of the book: how they behave in a browser, and whether they give themselves away."""

from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
QUIZZES = sorted((ROOT / "docs").rglob("*.quiz.yml"))


@pytest.fixture
def quiz_path(site: Path) -> str:
    """Return the address of a page that has a quiz."""
    pages = [
        file for file in sorted(site.rglob("index.html")) if 'class="quiz"' in file.read_text()
    ]
    return pages[0].parent.relative_to(site).as_posix() + "/"


def test_a_choice_is_explained_kept_and_forgotten(visit, quiz_path: str):
    opened = visit(quiz_path)
    page = opened.page
    question = page.locator(".quiz-question").first
    said = question.locator(".quiz-said[role=status]")
    verdicts = question.locator(".quiz-answers li").evaluate_all(
        "items => items.map((item) => item.dataset.right)"
    )
    letter_right, letter_wrong = "ABCDEF"[verdicts.index("yes")], "ABCDEF"[verdicts.index("no")]
    assert not question.locator(".quiz-answers").is_visible()
    assert said.inner_text() == ""

    question.locator("label").nth(verdicts.index("no")).click()
    assert said.inner_text().startswith(f"{letter_wrong}. Not right. ")
    question.locator("label").nth(verdicts.index("yes")).click()
    assert said.inner_text().startswith(f"{letter_right}. Right. ")

    page.reload()
    assert said.inner_text().startswith(f"{letter_right}. Right. ")
    assert question.locator(f"input[value={letter_right}]").is_checked()

    page.get_by_role("button", name="Forget my answers").click()
    assert said.inner_text() == ""
    assert page.locator(".quiz input:checked").count() == 0
    assert page.locator(".quiz-forgotten").inner_text() == "Forgotten."
    page.reload()
    assert page.locator(".quiz input:checked").count() == 0
    assert page.evaluate("Object.keys(localStorage).filter((key) => /quiz/.test(key))") == []
    assert opened.faults == []


def test_a_quiz_is_answered_with_the_keyboard(visit, quiz_path: str):
    page = visit(quiz_path).page
    question = page.locator(".quiz-question").first
    question.locator("input").first.focus()
    page.keyboard.press("Space")
    assert question.locator(".quiz-said").inner_text().startswith("A. ")
    page.keyboard.press("ArrowDown")
    assert question.locator(".quiz-said").inner_text().startswith("B. ")
    label = question.locator("label").nth(1)
    assert label.evaluate("label => getComputedStyle(label).outlineStyle") == "solid"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_answered_quiz_passes_axe_and_fits_a_phone(visit, quiz_path: str, scheme: str):
    page = visit(quiz_path, scheme, width=390).page
    for question in page.locator(".quiz-question").all():
        question.locator("label").first.click()
    page.add_script_tag(path=ROOT / "node_modules" / "axe-core" / "axe.min.js")
    run = "async () => (await axe.run('.quiz')).violations.map((found) => found.help)"
    assert page.evaluate(run) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_quiz_works_from_a_file_and_when_nothing_can_be_kept(chromium, site: Path, quiz_path):
    context = chromium.new_context()
    try:
        page = context.new_page()
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })"
        )
        page.goto((site / quiz_path / "index.html").as_uri())
        page.locator(".quiz label").first.click()
        assert page.locator(".quiz-said").first.inner_text().startswith("A. ")
    finally:
        context.close()


def test_without_javascript_the_answers_unfold(chromium, site: Path, quiz_path: str):
    context = chromium.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto((site / quiz_path / "index.html").as_uri())
        answers = page.locator(".quiz-answers").first
        assert not answers.locator("li").first.is_visible()
        answers.locator("summary").click()
        assert answers.locator("li").count() >= 3
        assert answers.locator("li").first.is_visible()
        assert not page.locator(".quiz-foot").is_visible()
    finally:
        context.close()


def test_on_paper_all_answers_stand_below_all_questions(visit, quiz_path: str):
    page = visit(quiz_path).page
    page.emulate_media(media="print")
    questions = page.locator(".quiz-question .quiz-choices").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().bottom)"
    )
    answers = page.locator(".quiz-answers li").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect())"
    )
    assert all(box["height"] > 0 for box in answers)
    assert min(box["top"] for box in answers) >= max(questions)


# -- the wording, over all quizzes -----------------------------------------------------------


def questions_of(file: Path) -> list[dict]:
    import yaml

    return yaml.safe_load(file.read_text(encoding="utf-8"))


def tells(questions: list[dict]) -> dict[str, float]:
    """Return how often a reader who always picks the first, say, or the longest would be right."""
    found = Counter()
    for question in questions:
        texts = [choice["text"] for choice in question["choices"]]
        right = next(i for i, choice in enumerate(question["choices"]) if choice.get("right"))
        found["first"] += right == 0
        found["last"] += right == len(texts) - 1
        lengths = sorted(map(len, texts))
        found["longest"] += len(texts[right]) == lengths[-1] > lengths[-2]
        found["shortest"] += len(texts[right]) == lengths[0] < lengths[1]
    return {name: found[name] / len(questions) for name in ("first", "last", "longest", "shortest")}


def test_a_habit_of_the_right_answers_is_noticed():
    def question(*texts: str) -> dict:
        return {"choices": [{"text": text, "right": text.isupper()} for text in texts]}

    assert tells([question("A", "bb", "cc"), question("DDD", "b", "c")]) == {
        "first": 1,
        "last": 0,
        "longest": 0.5,
        "shortest": 0.5,
    }


def test_the_right_answer_is_not_known_by_its_place_or_length():
    questions = [question for file in QUIZZES for question in questions_of(file)]
    assert len(questions) >= 10
    for habit, share in tells(questions).items():
        assert share <= 0.55, f"the right answer is the {habit} in {share:.0%} of the questions"


def test_a_page_asks_one_to_three_questions():
    for file in QUIZZES:
        assert 1 <= len(questions_of(file)) <= 3, file.name

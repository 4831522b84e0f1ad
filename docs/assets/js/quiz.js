// Quizzes: show why the chosen answer is right or not, and keep the choice in this browser.
// The questions and all explanations are in the page (hooks/quiz.py); without this script a reader
// unfolds "Answers" instead.
(() => {
  const store = (action) => {
    try { return action(window.localStorage); } catch { return null; } // may be forbidden
  };
  const show = (question, letter) => {
    const said = question.querySelector(".quiz-said");
    const answers = [...question.querySelectorAll("[data-choice]")];
    const answer = answers.find((item) => item.dataset.choice === letter);
    question.querySelectorAll(".quiz-choices li").forEach((item) => delete item.dataset.chosen);
    said.replaceChildren();
    delete said.dataset.right;
    if (!answer) return;
    said.dataset.right = answer.dataset.right;
    said.append(...answer.cloneNode(true).childNodes);
    const input = question.querySelector(`input[value="${letter}"]`);
    input.checked = true;
    input.closest("li").dataset.chosen = answer.dataset.right;
  };

  document.querySelectorAll(".quiz").forEach((quiz) => {
    const questions = [...quiz.querySelectorAll(".quiz-question")];
    const key = (question) => `first-neuron quiz ${quiz.dataset.quiz} ${question.dataset.question}`;
    const forgotten = quiz.querySelector(".quiz-forgotten");
    questions.forEach((question) => {
      show(question, store((storage) => storage.getItem(key(question))));
      question.querySelector(".quiz-said").setAttribute("role", "status"); // speaks from now on
      question.addEventListener("change", ({ target }) => {
        show(question, target.value);
        store((storage) => storage.setItem(key(question), target.value));
        forgotten.textContent = "";
      });
    });
    forgotten.setAttribute("role", "status");
    quiz.querySelector(".quiz-foot button").addEventListener("click", () => {
      questions.forEach((question) => {
        store((storage) => storage.removeItem(key(question)));
        question.querySelectorAll("input").forEach((input) => { input.checked = false; });
        show(question, null);
      });
      forgotten.textContent = "Forgotten.";
    });
    quiz.querySelector(".quiz-foot").hidden = false;
    quiz.classList.add("quiz-live"); // hides the folded answers
  });
})();

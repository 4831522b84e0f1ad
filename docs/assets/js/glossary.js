// Terms of the glossary: pointing at one, focusing it or tapping it shows its definition. Escape, a
// tap elsewhere or leaving puts it away; the pointer may rest on the definition (WCAG 1.4.13).
// The definitions come from terms.js, which hooks/glossary.py writes. Without this script a term is
// a link to the glossary, and a click or a second tap follows it anyway.
(() => {
  const content = document.querySelector(".md-content");
  const links = [...document.querySelectorAll("a.term")];
  const terms = window.firstNeuronTerms ?? {};
  if (!content || !links.length) return;

  const box = document.createElement("div");
  box.className = "term-box md-typeset";
  box.setAttribute("role", "tooltip");
  box.hidden = true;
  const spoken = document.createElement("div"); // what a screen reader says after the link's text
  spoken.hidden = true;
  content.append(box, spoken);
  links.forEach((link) => {
    const slug = decodeURIComponent(link.hash.slice(1));
    const [, definition] = terms[slug] ?? [];
    if (!definition) return;
    const description = document.createElement("span");
    description.id = `term-${slug}`;
    description.textContent = definition;
    spoken.append(description);
    link.setAttribute("aria-describedby", description.id);
  });

  let shown = null;
  let timer = 0;
  const hide = () => {
    clearTimeout(timer);
    shown = null;
    box.hidden = true;
  };
  const show = (link) => {
    clearTimeout(timer);
    const [term, definition] = terms[decodeURIComponent(link.hash.slice(1))] ?? [];
    if (!definition || shown === link) return;
    shown = link;
    const name = document.createElement("strong");
    name.textContent = `${term}:`;
    box.replaceChildren(name, ` ${definition}`);
    box.hidden = false;
    const word = link.getClientRects()[0]; // of the first line, where the word is broken in two
    const page = content.getBoundingClientRect();
    const edge = 8;
    const left = Math.min(word.left, document.documentElement.clientWidth - box.offsetWidth - edge);
    box.style.left = `${Math.max(edge, left) - page.left}px`;
    const below = link.getBoundingClientRect().bottom + 4;
    const above = word.top - box.offsetHeight - 4;
    const fits = below + box.offsetHeight <= window.innerHeight || above < 0;
    box.style.top = `${(fits ? below : above) - page.top}px`;
  };
  const soon = (action, milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(action, milliseconds);
  };

  let tapped = null; // the term under a finger, and whether its definition was already there
  links.forEach((link) => {
    link.addEventListener("pointerdown", (event) => {
      tapped = event.pointerType === "mouse" ? null : { link, again: shown === link };
    });
    link.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse") soon(() => show(link), 150);
    });
    link.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse") soon(hide, 250);
    });
    link.addEventListener("focus", () => show(link));
    link.addEventListener("blur", () => soon(hide, 100));
    link.addEventListener("click", (event) => {
      const first = tapped?.link === link && !tapped.again;
      tapped = null;
      if (!first) return;
      event.preventDefault(); // the first tap only shows
      show(link);
    });
  });
  box.addEventListener("pointerenter", () => clearTimeout(timer));
  box.addEventListener("pointerleave", () => soon(hide, 250));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (shown && !box.contains(target) && target.closest("a.term") !== shown) hide();
  });
})();

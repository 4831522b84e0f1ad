// Present a deck with reveal.js, or leave it a page to read.
(() => {
  const root = document.documentElement;

  // To read: the speaker's notes below each slide, if wished.
  const notes = document.querySelector(".deck-notes");
  notes.checked = root.classList.contains("with-notes");
  notes.addEventListener("change", () => root.classList.toggle("with-notes", notes.checked));

  // What is larger than its place scrolls, and then the keyboard must reach it too.
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const { overflowX, overflowY } = getComputedStyle(target);
      const wide = overflowX === "auto" && target.scrollWidth > target.clientWidth + 1;
      const high = overflowY === "auto" && target.scrollHeight > target.clientHeight + 1;
      if (wide || high) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  const scrollers = ".slide :is(pre, table, div.formula)";
  document.querySelectorAll(scrollers).forEach((element) => sizes.observe(element));

  if (!root.classList.contains("presenting")) return;

  const main = document.querySelector("main > .deck");
  main.classList.add("reveal");
  // The items of a list in .steps appear one after the other.
  main.querySelectorAll(".steps > * > li").forEach((item) => item.classList.add("fragment"));

  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const pen = window.DeckPen();
  const deck = new Reveal(main, {
    width: 1280,
    height: 720,
    margin: 0,
    center: false,
    display: "flex",
    hash: true,
    slideNumber: "c/t",
    transition: still ? "none" : "slide",
    transitionSpeed: "fast",
    scrollActivationWidth: null,
    defaultTiming: 60, // without it, the speaker's window shows no pacing
    // In code that has the focus these scroll
    keyboardCondition: ({ key, target }) =>
      !(/^(Arrow|Page)(Up|Down)$/.test(key) && target.closest?.("[tabindex]")?.matches(scrollers)),
    plugins: [RevealNotes, RevealZoom, window.DeckLines(), pen],
  });

  const dark = () => root.getAttribute("data-md-color-scheme") === "slate";
  const recolour = () => root.setAttribute("data-md-color-scheme", dark() ? "default" : "slate");
  const read = () => (location.search = "?handout");
  deck.addKeyBinding({ keyCode: 84, key: "T", description: "Light or dark" }, recolour);
  deck.addKeyBinding({ keyCode: 80, key: "P", description: "Page to read and to print" }, read);
  const help = () => {
    deck.toggleHelp();
    // reveal.js would go to the slide before at P, which is ours
    document.querySelectorAll(".r-overlay-help td").forEach((cell) => {
      cell.textContent = cell.textContent.replace(/^P\s*,\s*/, "");
    });
  };
  // By its letter: where it lies, and which code it has, depends on the keyboard.
  window.addEventListener("keydown", (event) => {
    if (event.key !== "?" || event.target.closest?.("input, textarea")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    help();
  }, true);

  // The same by mouse or finger; they show when the pointer moves or one of them has the focus.
  const actions = [
    ["Speaker's window", "S", () => deck.getPlugin("notes").open()],
    ["Overview", "O", () => deck.toggleOverview()],
    ["Draw", "D", () => pen.draw(), "draw"],
    ["Red dot", "R", () => pen.point(), "point"],
    ["Clear", "X", () => pen.clear()],
    ["Light or dark", "T", recolour],
    ["Read and print", "P", read],
    ["All keys", "?", help],
  ];
  const bar = document.createElement("nav");
  bar.className = "deck-tools";
  bar.setAttribute("aria-label", "Tools for presenting");
  for (const [name, key, action, mode] of actions) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.title = `${name} (${key})`;
    if (mode) button.dataset.mode = mode;
    button.addEventListener("click", () => {
      action();
      button.blur(); // so that the space bar goes to the next slide again
    });
    bar.append(button);
  }
  document.addEventListener("deck-pen", (event) => {
    bar.querySelectorAll("[data-mode]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.mode === event.detail));
    });
  });

  deck.initialize().then(() => {
    if (window.self === window.top) deck.getViewportElement().append(bar);
    let timer;
    document.addEventListener("pointermove", () => {
      bar.classList.add("shown");
      clearTimeout(timer);
      timer = setTimeout(() => bar.classList.remove("shown"), 2500);
    });
  });
  window.deck = deck; // for the browser tests, and the curious
})();

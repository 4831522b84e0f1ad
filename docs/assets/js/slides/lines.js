// A reveal.js plugin: code whose lines light up in steps, data-lines="1-2|4".
window.DeckLines = () => ({
  id: "lines",
  init(deck) {
    const numbers = (text) =>
      text.split(",").flatMap((part) => {
        const [first, last = first] = part.split("-").map(Number);
        return Array.from({ length: last - first + 1 }, (_, i) => first + i);
      });

    const show = (block) => {
      const gone = block.querySelectorAll(".line-step.visible").length;
      const wanted = new Set(numbers(block.dataset.lines.split("|")[gone]));
      const lines = [...block.querySelectorAll(".line")];
      lines.forEach((line, i) => line.classList.toggle("lit", wanted.has(i + 1)));
      // Bring the lit lines into the middle of a block that scrolls.
      const pre = block.querySelector("pre");
      const lit = lines.filter((line) => line.classList.contains("lit"));
      if (lit.length && pre.scrollHeight > pre.clientHeight) {
        const top = lit[0].offsetTop;
        const bottom = lit.at(-1).offsetTop + lit.at(-1).offsetHeight;
        pre.scrollTop = Math.min(top, (top + bottom - pre.clientHeight) / 2);
      }
    };

    const blocks = [...deck.getSlidesElement().querySelectorAll("[data-lines]")];
    for (const block of blocks) {
      block.classList.add("stepped");
      for (const _ of block.dataset.lines.split("|").slice(1)) {
        const step = document.createElement("span");
        step.className = "fragment line-step";
        block.append(step);
      }
    }
    const showAll = () => blocks.forEach(show);
    for (const event of ["ready", "slidechanged", "fragmentshown", "fragmenthidden"]) {
      deck.on(event, showAll);
    }
  },
});

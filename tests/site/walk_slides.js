// Walk through a deck that is being presented, and say what is wrong with what shows.
// tests/site/test_slides.py runs this in the deck's page; lengths are in px of a slide 1280 wide.
window.walkSlides = async ({ axe: axeOptions = null, from = 0 } = {}) => {
  const TOLERANCE = 3;
  const SMALLEST = 110; // the height of a figure that can be seen from the last row

  const shows = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const words = (text) => text.trim().replace(/\s+/g, " ").slice(0, 60);
  const name = (element) => {
    const kind = [element.localName, ...element.classList].slice(0, 3).join(".");
    return `${kind} "${words(element.getAttribute("aria-label") || element.textContent)}"`;
  };

  // Where something shows: yields [element, rectangle]. Code scrolls, so its own box counts; a
  // formula has parts that are wider than what they show, so its pieces count.
  function* marks(element) {
    if (!shows(element) || element.matches(".widget-hidden")) return;
    if (element.matches(".katex")) {
      for (const base of element.querySelectorAll(".base")) yield [element, box(base)];
      return;
    }
    yield [element, box(element)];
    if (element.matches("pre")) return;
    if (element.matches("svg")) {
      for (const text of element.querySelectorAll("text")) if (shows(text)) yield [text, box(text)];
      return;
    }
    for (const child of element.childNodes) {
      if (child.nodeType === Node.ELEMENT_NODE) yield* marks(child);
      else if (child.nodeType === Node.TEXT_NODE && child.data.trim()) {
        const range = document.createRange();
        range.selectNodeContents(child);
        for (const part of range.getClientRects()) yield [element, part];
      }
    }
  }
  const box = (element) => element.getBoundingClientRect();
  const empty = (rectangle) => rectangle.width === 0 || rectangle.height === 0;

  function* outside(body, scale) {
    const room = box(body);
    const seen = [];
    for (const [element, part] of marks(body)) {
      if (empty(part)) continue;
      const over = {
        above: room.top - part.top,
        below: part.bottom - room.bottom,
        "to the left": room.left - part.left,
        "to the right": part.right - room.right,
      };
      for (const [side, length] of Object.entries(over)) {
        if (length > TOLERANCE * scale) seen.push([element, side, Math.round(length / scale)]);
      }
    }
    // What stands in an element that is named, too, is enough.
    const inner = seen.filter(([element, side]) =>
      !seen.some(([other, its]) => its === side && other !== element && element.contains(other)));
    const said = inner.map(([element, side, length]) => `${name(element)} is ${length} px ${side}`);
    yield* [...new Set(said)].slice(0, 4);
  }

  // Two blocks of which one covers the other, because it is larger than its place.
  function* covered(body, scale) {
    for (const parent of [body, ...body.querySelectorAll(".columns, .columns > :is(div, section)")]) {
      const extents = [...parent.children].filter(shows).map((child) => {
        const parts = [...marks(child)].map(([, part]) => part).filter((part) => !empty(part));
        return {
          child,
          left: Math.min(...parts.map((part) => part.left)),
          right: Math.max(...parts.map((part) => part.right)),
          top: Math.min(...parts.map((part) => part.top)),
          bottom: Math.max(...parts.map((part) => part.bottom)),
        };
      });
      for (const [i, a] of extents.entries()) {
        for (const b of extents.slice(i + 1)) {
          const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          if (Math.min(wide, high) > TOLERANCE * scale) {
            yield `${name(a.child)} and ${name(b.child)} lie on each other`;
          }
        }
      }
    }
  }

  function* tiny(body, scale) {
    for (const picture of body.querySelectorAll("figure :is(svg, img)")) {
      const height = Math.round(box(picture).height / scale);
      if (shows(picture) && height < SMALLEST) yield `${name(picture)} is only ${height} px high`;
    }
  }

  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

  // axe reads the whole document for each run: leave only this slide in it.
  const barriers = async (slide) => {
    await frame(); // deck.js looks which code scrolls
    const all = [...slide.parentNode.children];
    const parent = slide.parentNode;
    // Below a canvas axe cannot tell the colours, and says nothing about them
    const canvas = document.querySelector(".deck-canvas");
    canvas.style.display = "none";
    parent.replaceChildren(slide);
    const { violations } = await axe.run({
      resultTypes: ["violations"],
      preload: false, // of style sheets, for a rule about turned screens
      ...axeOptions,
    });
    parent.replaceChildren(...all);
    canvas.style.display = "";
    return violations.flatMap((violation) => violation.nodes.map((node) =>
      `${violation.id}: ${violation.help}: ${node.html.slice(0, 160)} `
        + node.failureSummary.slice(0, 240)));
  };

  const faults = [];
  const slides = new Set();
  let steps = 0;
  deck.slide(from, 0, -1);
  for (;;) {
    await document.fonts.ready;
    const slide = deck.getCurrentSlide();
    const number = deck.getSlidePastCount() + 1;
    const at = `slide ${number} (${words(slide.querySelector("h2")?.textContent ?? "")})`;
    const body = slide.querySelector(".slide-body");
    const scale = deck.getScale();
    const last = !deck.availableFragments().next;
    const found = [...outside(body, scale), ...covered(body, scale), ...tiny(body, scale)];
    if (last && axeOptions) found.push(...(await barriers(slide)));
    faults.push(...found.map((fault) => `${at}: ${fault}`));
    slides.add(slide);
    steps += 1;
    if (last && deck.isLastSlide()) break;
    deck.next();
  }
  return { slides: slides.size, steps, faults: [...new Set(faults)] };
};

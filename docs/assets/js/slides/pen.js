// A reveal.js plugin: a pen to draw on slides, and a red dot to point with.
//
// What is drawn stays with its slide until it is cleared or the page is left. Points are kept in
// the slide's own units, so that a drawing stays in its place when the window changes its size.
window.DeckPen = () => ({
  id: "pen",
  init(deck) {
    const frame = deck.getViewportElement();
    const canvas = document.createElement("canvas");
    canvas.className = "deck-canvas";
    canvas.setAttribute("aria-hidden", "true");
    const dot = document.createElement("div");
    dot.className = "deck-dot";
    dot.hidden = true;
    frame.append(canvas, dot);

    const drawings = new Map(); // slide -> strokes, each a list of points [x, y]
    const strokes = () => {
      const slide = deck.getCurrentSlide();
      if (!drawings.has(slide)) drawings.set(slide, []);
      return drawings.get(slide);
    };
    let mode = null; // "draw", "point" or null
    let stroke = null;

    const place = () => {
      const box = deck.getSlidesElement().getBoundingClientRect();
      return { left: box.left, top: box.top, scale: deck.getScale() };
    };

    const draw = () => {
      const ratio = window.devicePixelRatio || 1;
      canvas.width = frame.clientWidth * ratio;
      canvas.height = frame.clientHeight * ratio;
      if (deck.isOverview()) return;
      const { left, top, scale } = place();
      const pencil = canvas.getContext("2d");
      pencil.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * left, ratio * top);
      pencil.strokeStyle = getComputedStyle(canvas).color;
      pencil.lineWidth = 5;
      pencil.lineCap = pencil.lineJoin = "round";
      for (const points of strokes()) {
        pencil.beginPath();
        points.forEach(([x, y]) => pencil.lineTo(x, y));
        if (points.length === 1) pencil.lineTo(points[0][0] + 0.1, points[0][1]);
        pencil.stroke();
      }
    };

    const pointOf = (event) => {
      const { left, top, scale } = place();
      return [(event.clientX - left) / scale, (event.clientY - top) / scale];
    };

    canvas.addEventListener("pointerdown", (event) => {
      if (mode !== "draw") return;
      event.preventDefault();
      canvas.setPointerCapture(event.pointerId);
      stroke = [pointOf(event)];
      strokes().push(stroke);
      draw();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!stroke) return;
      stroke.push(...(event.getCoalescedEvents?.() ?? [event]).map(pointOf));
      draw();
    });
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, () => (stroke = null));
    }
    frame.addEventListener("pointermove", (event) => {
      if (mode !== "point") return;
      dot.hidden = false;
      dot.style.translate = `${event.clientX}px ${event.clientY}px`;
    });

    const set = (wanted) => {
      mode = mode === wanted ? null : wanted;
      stroke = null;
      frame.classList.toggle("drawing", mode === "draw");
      frame.classList.toggle("pointing", mode === "point");
      dot.hidden = true;
      document.dispatchEvent(new CustomEvent("deck-pen", { detail: mode }));
    };
    this.draw = () => set("draw");
    this.point = () => set("point");
    this.clear = () => {
      strokes().length = 0;
      draw();
    };

    deck.addKeyBinding({ keyCode: 68, key: "D", description: "Draw on the slide" }, this.draw);
    deck.addKeyBinding({ keyCode: 82, key: "R", description: "Red dot to point with" }, this.point);
    deck.addKeyBinding({ keyCode: 88, key: "X", description: "Clear what was drawn" }, this.clear);
    for (const event of ["ready", "slidechanged", "resize", "overviewshown", "overviewhidden"]) {
      deck.on(event, draw);
    }
    new MutationObserver(draw).observe(document.documentElement, { attributes: true });
  },
});

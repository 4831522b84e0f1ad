// Whatever is wider than the page scrolls sideways, and then the keyboard must reach it too:
// give it a place in the tab order while it overflows, and take it away when it fits again.
(() => {
  const wide = ".md-typeset pre > code, .md-typeset pre.output, .md-typeset__table," +
    " .md-typeset__scrollwrap, .md-typeset .output, .md-typeset div.formula";
  const update = (element) => {
    const scrolls = element.scrollWidth > element.clientWidth + 1 &&
      getComputedStyle(element).overflowX !== "visible";
    if (scrolls) element.tabIndex = 0;
    else element.removeAttribute("tabindex");
  };
  const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => update(target)));
  const watch = () => document.querySelectorAll(wide).forEach((element) => sizes.observe(element));
  watch();
  // The theme wraps tables after loading; look again when it adds something.
  new MutationObserver(watch).observe(document.querySelector(".md-content") ?? document.body, {
    childList: true,
    subtree: true,
  });
})();

// Whatever is wider than the page scrolls sideways, and then the keyboard must reach it too:
// give it a place in the tab order while it overflows, and take it away when it fits again.
(() => {
  const wide = ".md-typeset pre > code, .md-typeset pre.output, .md-typeset .output," +
    " .md-typeset__table, .md-typeset__scrollwrap, .md-typeset div.formula";
  const update = (element) => {
    const scrolls = element.scrollWidth > element.clientWidth + 1 &&
      getComputedStyle(element).overflowX !== "visible";
    if (scrolls) element.tabIndex = 0;
    else element.removeAttribute("tabindex");
  };
  const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => update(target)));
  const watch = () => {
    document.querySelectorAll(wide).forEach((element) => sizes.observe(element));
    // The theme calls every copy button a landmark; a list of forty helps nobody.
    document.querySelectorAll("nav.md-code__nav").forEach((nav) => nav.setAttribute("role", "none"));
  };
  watch();
  // The theme wraps tables and adds buttons after loading; look again when it does.
  new MutationObserver(watch).observe(document.querySelector(".md-content") ?? document.body, {
    childList: true,
    subtree: true,
  });
})();

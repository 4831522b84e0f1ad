// Before anything of a deck is drawn: light or dark, to present or to read.
(() => {
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search);
  const framed = window.self !== window.top; // the speaker's window shows the slides in frames
  const small = matchMedia("(max-width: 640px)").matches;
  const reading = asked.has("handout") || (small && !asked.has("present"));
  root.classList.add("scripted");
  root.classList.toggle("presenting", framed || !reading);
  root.classList.toggle("with-notes", asked.has("notes"));

  // The choice that the reader made in the book, or the system's.
  const site = new URL(document.currentScript.dataset.site, location.href);
  let chosen = null;
  try {
    chosen = JSON.parse(localStorage.getItem(`${site.pathname}.__palette`)).color;
  } catch {
    // none was made, or the browser keeps nothing
  }
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const scheme = (isDark) => root.setAttribute("data-md-color-scheme", isDark ? "slate" : "default");
  if (chosen && chosen.media !== "(prefers-color-scheme)") {
    root.setAttribute("data-md-color-scheme", chosen.scheme);
  } else {
    scheme(dark.matches);
    dark.addEventListener("change", (event) => scheme(event.matches));
  }
})();

// Runs before the first paint: marks that scripts run and whether the URL has a query, and sets light or dark mode and
// the language of texts. Both choices are stored in the browser. Without a choice, the system's mode and the page's
// first text are used.
(() => {
  const root = document.documentElement;
  root.classList.replace("no-js", "js");
  root.classList.toggle("is-asked", location.search !== "");

  function stored(key, pattern) {
    let saved = null;
    try { saved = localStorage.getItem(key); } catch { /* storage may be forbidden */ }
    return pattern.test(saved ?? "") ? saved : null;
  }

  function store(key, value) {
    try { localStorage.setItem(key, value); } catch { /* as above */ }
  }

  // The home page keeps room for what is new in followed lists (home.css).
  root.classList.toggle("has-follows", stored("digest-follows", /^\[\{/) !== null);

  const scheme = stored("scheme", /^(light|dark)$/);
  if (scheme) root.dataset.scheme = scheme;
  const isDark = () => root.dataset.scheme
    ? root.dataset.scheme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;

  const bar = document.head.appendChild(Object.assign(document.createElement("meta"), { name: "theme-color" }));
  const paint = () => { bar.content = isDark() ? "#171614" : "#fdfcf9"; };
  paint();

  /** Show texts in `language` if the page has them. A style sheet does that before the texts are parsed. */
  const CODE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [sheet];
  function read(language) {
    const text = `.version[lang="${language}"]`;
    sheet.replaceSync(`:has(> ${text}) > .version { display: none; } :has(> .version) > ${text} { display: block; }`);
  }
  const requested = location.hash.match(/^#in-(.+)$/)?.[1] ?? "";
  const language = CODE.test(requested) ? requested : stored("language", CODE);
  if (language) read(language);

  document.addEventListener("DOMContentLoaded", () => {
    const button = /** @type {HTMLElement} */ (document.querySelector(".scheme-toggle"));
    if (button) {
      const show = () => {
        button.setAttribute("aria-pressed", String(isDark()));
        paint();
      };
      button.hidden = false;
      show();
      button.addEventListener("click", () => {
        root.dataset.scheme = isDark() ? "light" : "dark";
        store("scheme", root.dataset.scheme);
        show();
      });
    }
    const links = [.../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".language"))];
    const mark = (current) => {
      for (const link of links) link.toggleAttribute("aria-current", link === current);
    };
    mark(links.find((link) => link.hreflang === language) ?? links[0]);
    for (const link of links) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        read(link.hreflang);
        store("language", link.hreflang);
        mark(link);
      });
    }
  });
})();

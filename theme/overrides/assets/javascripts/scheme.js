// Runs before the first paint. Sets classes of the page (scripts run, the URL has a query), light or dark mode, and the
// language of texts. The browser stores the reader's mode and language. Without them, the system's mode and the page's
// first text are used. It is not a module, because modules run after the page is parsed, when it may be painted.
(() => {
  const root = document.documentElement;
  root.classList.replace("no-js", "js");
  root.classList.toggle("has-query", location.search !== "");

  /** @param {string} key @param {RegExp} pattern */
  function readStored(key, pattern) {
    let value = "";
    try { value = localStorage.getItem(key) ?? ""; } catch { /* storage may be forbidden */ }
    return pattern.test(value) ? value : null;
  }

  /** @param {string} key @param {string} value */
  function store(key, value) {
    try { localStorage.setItem(key, value); } catch { /* as above */ }
  }

  // The home page reserves space for news of followed lists (home.css).
  root.classList.toggle("has-follows", readStored("digest-follows", /^\[\{/) !== null);

  const scheme = readStored("scheme", /^(light|dark)$/);
  if (scheme) root.dataset.scheme = scheme;
  const isDark = () => root.dataset.scheme
    ? root.dataset.scheme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;

  // The browser's own bars have the page's background. A media query in the tag would ignore the reader's choice.
  const themeColor = document.head.appendChild(Object.assign(document.createElement("meta"), { name: "theme-color" }));
  const updateThemeColor = () => { themeColor.content = isDark() ? "#171614" : "#fdfcf9"; };
  updateThemeColor();

  const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [sheet];
  /** Show texts in `language` if the page has them, by a style sheet: the texts are not parsed yet. @param {string} language */
  function showLanguage(language) {
    const text = `.version[lang="${language}"]`;
    sheet.replaceSync(`:has(> ${text}) > .version { display: none; } :has(> .version) > ${text} { display: block; }`);
  }
  const requested = location.hash.match(/^#in-(.+)$/)?.[1] ?? "";
  const language = LANGUAGE.test(requested) ? requested : readStored("language", LANGUAGE);
  if (language) showLanguage(language);

  document.addEventListener("DOMContentLoaded", () => {
    const button = /** @type {HTMLElement | null} */ (document.querySelector(".scheme-toggle"));
    if (button) {
      const update = () => {
        button.setAttribute("aria-pressed", String(isDark()));
        updateThemeColor();
      };
      button.hidden = false;
      update();
      button.addEventListener("click", () => {
        root.dataset.scheme = isDark() ? "light" : "dark";
        store("scheme", root.dataset.scheme);
        update();
      });
    }
    const links = [.../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".language"))];
    /** @param {HTMLAnchorElement} current */
    const markCurrent = (current) => {
      for (const link of links) link.toggleAttribute("aria-current", link === current);
    };
    markCurrent(links.find((link) => link.hreflang === language) ?? links[0]);
    for (const link of links) {
      link.addEventListener("click", (event) => {
        event.preventDefault(); // following the fragment would scroll; it is for links from other pages
        showLanguage(link.hreflang);
        store("language", link.hreflang);
        markCurrent(link);
      });
    }
  });
})();

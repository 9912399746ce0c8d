// What must be known before the first paint: that scripts run, whether the address asks for something, and light or
// dark, whose choice stays in the browser; without one the system decides.
(() => {
  const root = document.documentElement;
  root.classList.replace("no-js", "js");
  root.classList.toggle("is-asked", location.search !== "");
  let saved = null;
  try { saved = localStorage.getItem("scheme"); } catch { /* storage may be forbidden */ }
  if (saved === "light" || saved === "dark") root.dataset.scheme = saved;
  const isDark = () => root.dataset.scheme
    ? root.dataset.scheme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".scheme-toggle");
    if (!button) return;
    const show = () => { button.setAttribute("aria-pressed", String(isDark())); };
    button.hidden = false;
    show();
    button.addEventListener("click", () => {
      root.dataset.scheme = isDark() ? "light" : "dark";
      try { localStorage.setItem("scheme", root.dataset.scheme); } catch { /* as above */ }
      show();
    });
  });
})();

// Registers the service worker (sw.js), which saves pages for offline reading, once the page has loaded. `offline.json`
// lists the files to save, or switches offline reading off.

import { base } from "./dom.js";

const workers = navigator.serviceWorker; // missing in a few browsers, and on pages without HTTPS
const wasControlled = Boolean(workers?.controller);

/** The URLs of this page and its files, to save them; none if a worker was running, which saved them already. */
function usedUrls() {
  return wasControlled ? [] : [location.href, ...performance.getEntriesByType("resource").map((entry) => entry.name)];
}

/** Unregister the worker of this site and delete what it saved. */
async function unregister() {
  const registration = await workers.getRegistration(base.href);
  if (registration?.scope === base.href) await registration.unregister(); // not that of a site in a folder above
  for (const name of await caches.keys()) if (name.startsWith(`digest ${base.pathname} `)) await caches.delete(name);
}

async function register() {
  const response = await fetch(new URL("offline.json", base), { cache: "no-cache" });
  if (!response.ok) return;
  const { version, megabytes } = await response.json();
  if (!megabytes) return unregister();
  const script = new URL(`sw.js?${version}`, base);
  if (!await workers.register(script, { scope: base.href, updateViaCache: "none" })) return; // blocked, as in tests
  const { active } = await workers.ready;
  active?.postMessage({ used: usedUrls() });
}

// New readers whose browser asks to save data get no worker.
if (workers && (wasControlled || !/** @type {any} */ (navigator).connection?.saveData)) {
  const whenIdle = globalThis.requestIdleCallback ?? ((run) => setTimeout(run, 1000)); // Safari has no idle callbacks
  const begin = () => whenIdle(() => register().catch(() => {}));
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin, { once: true });
}

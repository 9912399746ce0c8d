// Registers the service worker (sw.js), which saves pages for offline reading, once the page has loaded. `offline.json`
// lists the files to save, or switches offline reading off.

import { base } from "./dom.js";

const workers = navigator.serviceWorker;
const wasThere = Boolean(workers?.controller);

/** The URLs of this page and its files, which the worker could not see because it was not yet running. */
function used() {
  return wasThere ? [] : [location.href, ...performance.getEntriesByType("resource").map((entry) => entry.name)];
}

/** Unregister the worker of this site and delete what it saved. */
async function letGo() {
  const registration = await workers.getRegistration(base.href);
  if (registration?.scope === base.href) await registration.unregister();
  for (const name of await caches.keys()) if (name.startsWith(`digest ${base.pathname} `)) await caches.delete(name);
}

/** Register the worker of the current version. */
async function start() {
  const answer = await fetch(new URL("offline.json", base), { cache: "no-cache" });
  if (!answer.ok) return;
  const { version, megabytes } = await answer.json();
  if (!megabytes) return letGo();
  const address = new URL(`sw.js?${version}`, base);
  if (!await workers.register(address, { scope: base.href, updateViaCache: "none" })) return;
  const { active } = await workers.ready;
  active.postMessage({ used: used() });
}

// Only if the browser supports workers, and not for new readers who asked to save data.
if (workers && (wasThere || !/** @type {any} */ (navigator).connection?.saveData)) {
  const idle = globalThis.requestIdleCallback ?? ((run) => setTimeout(run, 1000));
  const begin = () => idle(() => start().catch(() => {}));
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin, { once: true });
}

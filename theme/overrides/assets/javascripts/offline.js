// Asks the browser to keep the site for reading without a network (sw.js), when the page is shown and nothing presses.
// `offline.json` lists the files to keep, or says that none are kept.

import { base } from "./dom.js";

const workers = navigator.serviceWorker;
const wasThere = Boolean(workers?.controller);

/** What this page was made of before a worker could see it. */
function used() {
  return wasThere ? [] : [location.href, ...performance.getEntriesByType("resource").map((entry) => entry.name)];
}

async function letGo() {
  const registration = await workers.getRegistration(base.href);
  if (registration?.scope === base.href) await registration.unregister();
  for (const name of await caches.keys()) if (name.startsWith(`digest ${base.pathname} `)) await caches.delete(name);
}

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

// Only where the browser has workers, and not for readers who have asked to save data.
if (workers && (wasThere || !/** @type {any} */ (navigator).connection?.saveData)) {
  const idle = globalThis.requestIdleCallback ?? ((run) => setTimeout(run, 1000));
  const begin = () => idle(() => start().catch(() => {}));
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin, { once: true });
}

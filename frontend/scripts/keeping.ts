import { ahead } from "./running";

/** One's own pass stays on this phone until it ends, and shows itself where there is no signal. */
const KEPT = "lf-pass";

function show(name: string): void {
  const line = document.querySelector<HTMLElement>(`[data-pass-${name}]`);
  if (line) line.hidden = false;
}

async function keep(script: string): Promise<void> {
  const folder = new URL(".", new URL(script, location.href)).pathname;
  await navigator.serviceWorker.register(script, { scope: folder });
  await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType("resource").map((each) => each.name);
  await caches.delete(KEPT);
  const cache = await caches.open(KEPT);
  await cache.addAll([location.pathname, ...parts.filter((each) => each.includes("/dist/"))]);
  show("kept");
}

export function keeping(): void {
  const pass = document.querySelector<HTMLElement>("[data-pass-until]");
  if (!pass) return;
  const over = Date.parse(pass.dataset["passUntil"] ?? "") < Date.now() + ahead();
  if ("offline" in document.body.dataset) {
    show(over ? "over" : "offline");
    document.querySelector("svg.lf-qr")?.classList.toggle("lf-qr-faded", over);
    if (over) void caches.delete(KEPT);
  } else if ("serviceWorker" in navigator && "caches" in window) {
    keep(pass.dataset["passKeeper"] ?? "").catch(() => undefined); // it still shows with signal
  }
}

/** Whoever signs out takes his pass off this phone. */
export function forgetting(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.action.endsWith("/logout/") && "caches" in window) void caches.delete(KEPT);
  });
}

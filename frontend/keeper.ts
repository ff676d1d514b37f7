/** Keeps one's own pass on the phone and shows it where there is no signal.
 *
 * A service worker for the pages of one person: whatever the server can answer it answers; only when
 * it cannot be reached does the kept pass stand in, and its page is told so (`data-offline`).
 */
interface Asked extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
  waitUntil(until: Promise<unknown>): void;
}
interface Worker {
  addEventListener(kind: string, heard: (event: Asked) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}

const KEPT = "lf-pass";
const PATIENCE = 8_000;
const worker = self as unknown as Worker;

async function answered(request: Request): Promise<Response> {
  const cut = new AbortController();
  const clock = setTimeout(() => cut.abort(), PATIENCE);
  try {
    return await fetch(request, { signal: cut.signal });
  } finally {
    clearTimeout(clock);
  }
}

async function kept(): Promise<Response | undefined> {
  const pages = await (await caches.open(KEPT)).keys();
  const page = pages.find((each) => new URL(each.url).pathname.endsWith("/pass"));
  const found = page && (await caches.match(page));
  if (!found) return undefined;
  const text = (await found.text()).replace("<body ", '<body data-offline="1" ');
  const headers = new Headers(found.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  return new Response(text, { status: 200, headers });
}

async function page(request: Request): Promise<Response> {
  try {
    return await answered(request);
  } catch (unreachable) {
    const found = await kept();
    if (found) return found;
    throw unreachable;
  }
}

async function part(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (unreachable) {
    const found = await caches.match(request);
    if (found) return found;
    throw unreachable;
  }
}

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(request.mode === "navigate" ? page(request) : part(request));
});

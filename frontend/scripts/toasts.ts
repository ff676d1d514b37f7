const SHOWN_MS = 10_000;

function box(): HTMLElement | null {
  const toasts = document.querySelector<HTMLElement>("#lf-toasts");
  const modal = document.querySelector<HTMLElement>("dialog[open]");
  if (toasts && modal && !modal.contains(toasts)) modal.append(toasts);
  return toasts;
}

/** Let a message go by itself, unless it tells of something that was refused. */
function fade(root: ParentNode): void {
  for (const toast of root.querySelectorAll<HTMLElement>(".lf-toast:not([data-stays])")) {
    setTimeout(() => toast.remove(), SHOWN_MS);
  }
}

function say(sentence: string): void {
  const pattern = document.querySelector<HTMLTemplateElement>("#lf-toast");
  const toast = pattern?.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined;
  const place = toast?.querySelector("span");
  if (!toast || !place) return;
  place.textContent = sentence;
  box()?.append(toast);
}

/** The one sentence of a page that refuses. */
function sentence(page: string): string {
  const found = new DOMParser().parseFromString(page, "text/html");
  return found.querySelector("[data-sentence]")?.textContent?.trim() ?? "";
}

function unheard(): string {
  return document.querySelector<HTMLElement>("#lf-toasts")?.dataset["unheard"] ?? "";
}

/** Show what was done and what could not be done, whichever way the answer came. */
export function toasts(): void {
  fade(document);
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest(".lf-toast [data-gone]");
    button?.closest(".lf-toast")?.remove();
  });
  document.addEventListener("htmx:after:settle", (event) => {
    if (event.target instanceof Element) fade(event.target);
  });
  document.addEventListener("htmx:response:error", (event) => {
    const { ctx } = event.detail;
    const why = sentence(ctx.text ?? "");
    // A form that was filled in wrongly comes back as itself; a page that refuses has its sentence.
    if (!why && ctx.response?.status === 422) return;
    ctx.swap = "none";
    say(why || unheard());
    document.querySelector<HTMLDialogElement>("#lf-drawer[open]")?.close();
  });
  document.addEventListener("htmx:error", (event) => {
    const { error } = event.detail;
    if (error instanceof TypeError) say(unheard());
  });
  // A session that has ended answers with the sign-in page: go there, do not put it in a panel.
  document.addEventListener("htmx:before:response", (event) => {
    const { ctx } = event.detail;
    const raw = ctx.response?.raw;
    const door = document.body.dataset["signIn"];
    if (raw?.redirected && door && new URL(raw.url).pathname === door) {
      event.preventDefault();
      location.reload();
    }
  });
}

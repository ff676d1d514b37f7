import type { HtmxRequestCtx } from "htmx.org";

import { writing } from "./when";

const DRAWER = "lf-drawer-mount";
const POP = "lf-pop";
let origin: HTMLElement | null = null;

const drawer = (): HTMLDialogElement | null => document.querySelector("#lf-drawer");
const pop = (): HTMLElement | null => document.getElementById(POP);

/** Keep the number marked from which drawer or popover was opened. */
function from(element: Element | null): void {
  origin?.removeAttribute("data-open");
  origin?.setAttribute("aria-expanded", "false");
  origin = element as HTMLElement | null;
  origin?.setAttribute("data-open", "");
  origin?.setAttribute("aria-expanded", "true");
}

/** Put the popover over the words of its row (`data-words`), never over numbers; else below it. */
function place(box: HTMLElement, number: Element): void {
  const row = number.closest("tr") ?? number;
  const words = row.querySelector("[data-words]")?.getBoundingClientRect();
  const at = row.getBoundingClientRect();
  const room = document.documentElement.clientWidth - box.offsetWidth - 12;
  const beside = words !== undefined && words.left < room;
  box.toggleAttribute("data-beside", beside);
  box.style.left = `${Math.max(12, Math.min(words?.left ?? number.getBoundingClientRect().left, room)) + scrollX}px`;
  box.style.top = `${(beside ? at.top - 8 : at.bottom + 8) + scrollY}px`;
}

function close(): void {
  const box = pop();
  if (box && !box.hidden) {
    box.hidden = true;
    const number = origin;
    from(null);
    number?.focus();
  }
}

function begin(ctx: HtmxRequestCtx): void {
  if (!(ctx.target instanceof Element)) return;
  const inside = ctx.target.contains(ctx.sourceElement);
  if (ctx.target.id === DRAWER && !inside) {
    close();
    from(ctx.sourceElement);
    const waiting = document.querySelector<HTMLTemplateElement>("#lf-loading");
    if (waiting) ctx.target.replaceChildren(waiting.content.cloneNode(true));
    drawer()?.showModal();
  }
  if (ctx.target.id === POP && !inside) from(ctx.sourceElement);
}

function arrived(ctx: HtmxRequestCtx): void {
  // a live page that was brought anew knows nothing of what is open
  if (drawer()?.open) origin?.setAttribute("data-open", "");
  const box = pop();
  if (box && ctx.target === box && origin) {
    box.hidden = box.childElementCount === 0;
    place(box, origin);
  }
}

/** Open the drawer or the popover for whatever htmx brings into it; close on Escape and outside. */
export function overlays(): void {
  document.addEventListener("htmx:before:request", (event) => {
    begin(event.detail.ctx);
  });
  document.addEventListener("htmx:after:swap", (event) => {
    arrived(event.detail.ctx);
  });
  drawer()?.addEventListener("close", () => {
    const number = origin;
    from(null);
    number?.focus();
  });
  document.addEventListener("click", (event) => {
    const hit = event.target as Element;
    if (hit.closest("[data-close]")) {
      hit.closest("dialog")?.close();
      close();
    } else if (hit === drawer()) {
      drawer()?.close();
    } else if (!hit.closest(`#${POP}`) && !hit.closest(`[hx-target="#${POP}"]`)) {
      close();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !writing(event.target)) close();
  });
}

import { writing } from "./when";

/** The visible element that a key stands for: `data-key="v"`. */
function meant(key: string): HTMLElement | undefined {
  const name = CSS.escape(key.toLowerCase());
  return [...document.querySelectorAll<HTMLElement>(`[data-key="${name}"]`)].find(
    (one) => one.getClientRects().length > 0 && !one.matches(":disabled, [aria-disabled='true']"),
  );
}

/** Go up or down a list whose rows are links: `data-list` around `data-item`. */
function walk(step: 1 | -1): void {
  const items = [...document.querySelectorAll<HTMLElement>("[data-list] [data-item]")];
  if (items.length === 0) return;
  const here = items.findIndex((one) => one.matches("[data-shown], [aria-current]"));
  const next = items[Math.min(Math.max(here + step, 0), items.length - 1)];
  if (!next || items.indexOf(next) === here) return;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  next.click();
}

/** Mark the row that was opened, and only that one. */
function mark(event: Event): void {
  const item = (event.target as Element).closest<HTMLElement>("[data-list] [data-item]");
  if (!item) return;
  for (const one of item.closest("[data-list]")?.querySelectorAll("[data-item]") ?? []) {
    one.toggleAttribute("data-shown", one === item);
    one.removeAttribute("aria-current");
  }
  item.setAttribute("aria-current", "true");
}

/** j and k walk a list; any other key presses the button that carries it. */
export function keys(): void {
  document.addEventListener("click", mark);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && writing(event.target)) (event.target as HTMLElement).blur();
    if (writing(event.target) || document.querySelector("#lf-ask[open]")) return;
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") return walk(key === "j" ? 1 : -1);
    const found = key.length === 1 ? meant(key) : undefined;
    if (!found) return;
    event.preventDefault();
    if (found.matches("input, select, textarea")) found.focus();
    else found.click();
  });
}

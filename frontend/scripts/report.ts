import { always } from "./when";

const shown = (): HTMLElement | null => document.querySelector("[data-show]");

/** Show all rows, those that changed, or those that are typed; the choice outlives every swap. */
function show(rows: string): void {
  const place = shown();
  if (!place) return;
  place.dataset["show"] = rows;
  for (const button of place.querySelectorAll<HTMLElement>("[data-rows]")) {
    button.setAttribute("aria-pressed", String(button.dataset["rows"] === rows));
  }
}

/** The next number to type, in the order of the page. */
function following(input: Element): HTMLInputElement | undefined {
  const all = [...document.querySelectorAll<HTMLInputElement>(".lf-typed-form input[name=value]")];
  const open = all.filter((one) => one.getClientRects().length > 0);
  return open[open.indexOf(input as HTMLInputElement) + 1];
}

/** Enter goes on to the next number, as Tab does; leaving a field is what keeps it. */
function enter(event: KeyboardEvent): void {
  const input = event.target as Element;
  if (event.key !== "Enter" || event.isComposing || !input.matches(".lf-typed-form input")) return;
  event.preventDefault();
  const next = following(input);
  if (next) next.select();
  else (input as HTMLElement).blur();
  next?.focus();
}

/** What was refused stays as it was typed (`hx-morph-skip`) until somebody types on in it. */
function mend(event: Event): void {
  (event.target as Element).closest("[hx-morph-skip]")?.removeAttribute("hx-morph-skip");
}

/** The daily report: which rows are shown, and typing down a column of numbers. */
export function report(): void {
  if (!shown()) return;
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-rows]");
    if (button) show(button.dataset["rows"] ?? "all");
  });
  document.addEventListener("keydown", enter);
  document.addEventListener("input", mend);
  always(() => show(shown()?.dataset["show"] ?? "all"));
}

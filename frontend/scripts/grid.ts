/** The list of answers, where a number stands and nothing is chosen: it comes before recording. */
function open(row: HTMLElement, field: HTMLElement): HTMLElement | null {
  const base = row.querySelector<HTMLSelectElement>("[data-grid-base]");
  const more = row.querySelector(".lf-grid-rest details[open]");
  return base && base !== field && !base.value && !more ? base : null;
}

/** Enter in a row of a grid records the row and goes on to the next one: `data-grid-enter`. */
export function grid(): void {
  document.addEventListener("keydown", (event) => {
    const field = event.target as HTMLElement;
    if (event.key !== "Enter" || event.isComposing || !field.closest("[data-grid]")) return;
    if (!field.matches("input:not([type=checkbox]), select")) return;
    event.preventDefault();
    const row = field.closest<HTMLElement>("[data-grid-row]");
    if (!row) return;
    const enter = row.querySelector<HTMLInputElement>("[data-grid-enter]");
    const waiting = enter?.value.trim() ? open(row, field) : null;
    if (waiting) return waiting.focus();
    let next = row.nextElementSibling;
    while (next && !next.querySelector("[data-grid-enter]")) next = next.nextElementSibling;
    if (enter?.value.trim()) row.querySelector<HTMLElement>("[data-grid-save]")?.click();
    next?.querySelector<HTMLInputElement>("[data-grid-enter]")?.select();
  });
}

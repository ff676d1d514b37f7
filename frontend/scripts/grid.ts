/** Enter in a row of a grid records the row and goes on to the next one: `data-grid-enter`. */
export function grid(): void {
  document.addEventListener("keydown", (event) => {
    const field = event.target as HTMLElement;
    if (event.key !== "Enter" || event.isComposing || !field.closest("[data-grid]")) return;
    if (!field.matches("input:not([type=checkbox]), select")) return;
    event.preventDefault();
    const row = field.closest<HTMLElement>("[data-grid-row]");
    if (!row) return;
    let next = row.nextElementSibling;
    while (next && !next.querySelector("[data-grid-enter]")) next = next.nextElementSibling;
    const enter = row.querySelector<HTMLInputElement>("[data-grid-enter]");
    if (enter?.value.trim()) row.querySelector<HTMLElement>("[data-grid-save]")?.click();
    next?.querySelector<HTMLInputElement>("[data-grid-enter]")?.select();
  });
}

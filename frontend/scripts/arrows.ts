/** The links of a table by row; a row without any is left out. */
function rows(table: Element): HTMLElement[][] {
  const all = [...table.querySelectorAll("tr")].map((row) => [
    ...row.querySelectorAll<HTMLElement>("td > a"),
  ]);
  return all.filter((links) => links.length > 0);
}

function moved(here: HTMLElement, key: string, lines: HTMLElement[][]): HTMLElement | undefined {
  const line = lines.findIndex((links) => links.includes(here));
  const links = lines[line] ?? [];
  if (key === "ArrowLeft") return links[links.indexOf(here) - 1];
  if (key === "ArrowRight") return links[links.indexOf(here) + 1];
  const next = lines[line + (key === "ArrowDown" ? 1 : -1)];
  const edge = (link: Element): number => link.getBoundingClientRect().right;
  return next?.reduce((best, link) =>
    Math.abs(edge(link) - edge(here)) < Math.abs(edge(best) - edge(here)) ? link : best,
  );
}

/** Arrow keys walk a table of numbers (`data-arrows`) as they do in a workbook. */
export function arrows(): void {
  document.addEventListener("keydown", (event) => {
    const here = event.target as HTMLElement;
    const table = here.closest("[data-arrows]");
    if (!table || !here.matches("td > a") || !event.key.startsWith("Arrow")) return;
    const next = moved(here, event.key, rows(table));
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

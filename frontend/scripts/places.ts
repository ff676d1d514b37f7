type City = { name: string; places: [string, string][] };

/** The counties of the province that is chosen; without this script the province is enough. */
async function fill(from: HTMLSelectElement, into: HTMLSelectElement): Promise<void> {
  const first = into.options[0];
  into.replaceChildren(...(first ? [first] : []));
  if (!from.value) return;
  const address = (from.dataset["places"] ?? "").replace(/00$/, from.value.slice(0, 2));
  const answer = await fetch(address);
  if (!answer.ok) return;
  const told = (await answer.json()) as { cities: City[] };
  for (const city of told.cities) {
    const group = document.createElement("optgroup");
    group.label = city.name;
    for (const [code, name] of city.places) group.append(new Option(name, code));
    into.append(group);
  }
}

/** Another province: nothing is chosen in it yet. */
function forget(into: HTMLSelectElement): void {
  const first = into.options[0];
  if (first) first.value = "";
  if (first) first.text = into.dataset["empty"] ?? first.text;
}

/** Choose a province, then a county: `data-places` with the address, `data-into` with the list. */
export function places(): void {
  for (const from of document.querySelectorAll<HTMLSelectElement>("select[data-places]")) {
    const into = document.querySelector<HTMLSelectElement>(from.dataset["into"] ?? "");
    if (!into) continue;
    from.addEventListener("change", () => {
      forget(into);
      void fill(from, into);
    });
    if (from.value) void fill(from, into);
  }
}

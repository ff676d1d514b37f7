type Choice = HTMLInputElement;

const choices = (root: ParentNode): Choice[] => [
  ...root.querySelectorAll<Choice>("input[type=radio], input[type=checkbox]"),
];

/** What a label says, without what only screen readers hear. */
function words(choice: Choice): string {
  return choice.dataset["say"] ?? choice.closest("label")?.textContent?.trim() ?? "";
}

/** Colour what is chosen; `:has()` is younger than many phones. */
function paint(root: ParentNode): void {
  for (const choice of choices(root)) {
    choice.closest("label")?.classList.toggle("lf-on", choice.checked);
  }
}

/** "Nothing" and something exclude each other: `data-none` marks the answer that empties the rest. */
function exclude(changed: Choice): void {
  if (!changed.checked || changed.type !== "checkbox") return;
  for (const other of choices(changed.closest("fieldset, .lf-opts") ?? document)) {
    if (other === changed) continue;
    if ("none" in changed.dataset || "none" in other.dataset) other.checked = false;
  }
}

const rowsOf = (form: ParentNode): HTMLDetailsElement[] => [
  ...form.querySelectorAll<HTMLDetailsElement>(".lf-same-row"),
];

/** What else has to be chosen with the answer of a row (`data-needed`): where somebody is. */
const needed = (row: ParentNode): HTMLSelectElement | null =>
  row.querySelector("[data-when]:not([hidden]) select[data-needed]");

function answered(row: ParentNode): boolean {
  const also = needed(row);
  return choices(row).some((one) => one.checked) && (!also || also.value !== "");
}

/** The place that was chosen with an answer: province and county. */
function placed(row: ParentNode): string {
  const lists = row.querySelectorAll<HTMLSelectElement>("[data-when]:not([hidden]) select");
  const named = [...lists].filter((list) => list.value);
  return named.map((list) => list.selectedOptions[0]?.text.trim() ?? "").join("");
}

/** Write the answer into the row, so that it can be read with the row closed. */
function tell(row: HTMLElement): void {
  const place = row.querySelector<HTMLElement>(".lf-same-answer");
  const chosen = choices(row).filter((choice) => choice.checked);
  if (!place || chosen.length === 0) return;
  const said = [...chosen.map(words), placed(row)].filter((word) => word);
  place.textContent = said.join(row.dataset["and"] ?? ", ");
  row.classList.toggle("lf-changed", choices(row).some((one) => one.checked !== one.defaultChecked));
  row.classList.remove("lf-wanting");
  if (!answered(row)) return;
  for (const error of row.querySelectorAll(".lf-error")) error.remove();
  const change = row.querySelector<HTMLElement>("[data-answered]");
  if (change) change.textContent = change.dataset["answered"] ?? "";
}

/** Open the first question that is not answered; the others stay as they are. */
function onward(form: HTMLFormElement): void {
  const next = rowsOf(form).find((row) => !answered(row));
  if (next) next.open = true;
}

/** One question after the other: of those that are put anew only the first one stands open. */
function begin(form: HTMLFormElement): void {
  for (const row of rowsOf(form)) if (!row.querySelector(".lf-error")) row.open = false;
  onward(form);
}

/** Show what belongs to an answer only when it is given: `data-when="name=value"`. */
function reveal(form: HTMLFormElement): void {
  const given = new FormData(form);
  for (const part of form.querySelectorAll<HTMLElement>("[data-when]")) {
    const shown = (part.dataset["when"] ?? "").split("|").some((pair) => {
      const [name = "", value = ""] = pair.split("=");
      return given.getAll(name).includes(value);
    });
    part.hidden = !shown;
    for (const input of part.querySelectorAll("input")) input.disabled = !shown;
  }
}

/** Whether an answer is the last one of its row: of several symptoms none is. */
const folds = (changed: Element): boolean =>
  changed.matches("input[type=radio], [data-none], select:not([data-needed])");

/** What is still to be answered: rows, the temperature, the degrees behind a key. */
function missing(form: HTMLFormElement): HTMLElement[] {
  const rows: HTMLElement[] = rowsOf(form).filter((row) => !answered(row));
  const pad = form.querySelector<HTMLElement>("[role=radiogroup]");
  if (pad && !choices(pad).some((one) => one.checked)) rows.push(pad);
  const degrees = form.querySelector<Choice>("input[data-typed]:not(:disabled)");
  if (degrees && !degrees.value) rows.push(degrees);
  return rows;
}

/** Go to the first thing that is missing instead of sending. */
function lead(to: HTMLElement): void {
  if (to instanceof HTMLDetailsElement) to.open = true;
  to.classList.add("lf-wanting");
  to.scrollIntoView({ block: "center" });
  to.querySelector<HTMLElement>("summary, input")?.focus({ preventScroll: true });
  if (to instanceof HTMLInputElement) to.focus({ preventScroll: true });
}

/** Let the main button say what it will send: `data-plain`, `data-changed` with a place for {t};
 * or what is missing: `data-empty` without a temperature, `data-left` with a place for {n}. */
function promise(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>(".lf-go[data-plain]");
  if (!button) return;
  const temperature = choices(form).find((one) => one.checked && one.name === "temperature");
  const degrees = form.querySelector<Choice>("input[data-typed]:not(:disabled)");
  const typed = degrees?.value ? `${degrees.value} ${degrees.dataset["unit"] ?? ""}`.trim() : "";
  const changed = form.querySelector(".lf-changed") !== null;
  const said = typed || (temperature ? words(temperature) : "");
  const left = missing(form);
  const pattern = button.dataset[changed ? "changed" : "plain"] ?? "";
  const lacking = left.length > 1 || (left.length === 1 && said !== "");
  button.classList.toggle("lf-go-wait", left.length > 0);
  if (lacking) button.textContent = (button.dataset["left"] ?? "").replace("{n}", `${left.length}`);
  else button.textContent = said ? pattern.replace("{t}", said) : (button.dataset["empty"] ?? "");
}

/** The questions of the day: two taps when nothing has changed. It all works without this script. */
export function answers(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-answers]");
  if (!form) return;
  // while a question stands open the pad does not lie over it
  const asking = (): boolean => form.classList.toggle("lf-asking", rowsOf(form).some((row) => row.open));
  const look = (): void => {
    paint(form);
    reveal(form);
    promise(form);
    asking();
  };
  form.addEventListener("toggle", asking, { capture: true });
  form.addEventListener("change", (event) => {
    const changed = event.target as Choice;
    exclude(changed);
    const row = changed.closest<HTMLDetailsElement>(".lf-same-row");
    if (row) {
      reveal(form);
      tell(row);
      if (folds(changed) && answered(row)) row.open = false;
      if (answered(row)) onward(form);
    }
    look();
  });
  form.addEventListener("input", () => promise(form));
  form.addEventListener("submit", (event) => {
    const first = missing(form)[0];
    if (first) {
      event.preventDefault();
      return lead(first);
    }
    form.querySelector(".lf-go")?.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", look);
  look();
  begin(form);
}

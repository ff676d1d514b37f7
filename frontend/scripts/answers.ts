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

/** Write the answer into the row, so that it can be read with the row closed. */
function tell(row: HTMLElement): void {
  const place = row.querySelector<HTMLElement>(".lf-same-answer");
  const chosen = choices(row).filter((choice) => choice.checked);
  if (!place || chosen.length === 0) return;
  place.textContent = chosen.map(words).join(row.dataset["and"] ?? ", ");
  row.classList.toggle("lf-changed", choices(row).some((one) => one.checked !== one.defaultChecked));
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

/** Let the main button say what it will send: `data-plain`, `data-changed` with a place for {t}. */
function promise(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>(".lf-go[data-plain]");
  if (!button) return;
  const temperature = choices(form).find((one) => one.checked && one.name === "temperature");
  const degrees = form.querySelector<Choice>("input[data-typed]:not(:disabled)");
  const typed = degrees?.value ? `${degrees.value} ${degrees.dataset["unit"] ?? ""}`.trim() : "";
  const changed = form.querySelector(".lf-changed") !== null;
  const said = typed || (temperature ? words(temperature) : "");
  const pattern = button.dataset[changed ? "changed" : "plain"] ?? "";
  button.textContent = said ? pattern.replace("{t}", said) : (button.dataset["empty"] ?? pattern);
}

/** The questions of the day: two taps when nothing has changed. It all works without this script. */
export function answers(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-answers]");
  if (!form) return;
  const look = (): void => {
    paint(form);
    reveal(form);
    promise(form);
  };
  form.addEventListener("change", (event) => {
    const changed = event.target as Choice;
    exclude(changed);
    const row = changed.closest<HTMLDetailsElement>(".lf-same-row");
    if (row) {
      tell(row);
      if (changed.type === "radio") row.open = false;
    }
    look();
  });
  form.addEventListener("input", () => promise(form));
  form.addEventListener("submit", () => {
    form.querySelector(".lf-go")?.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", look);
  look();
}

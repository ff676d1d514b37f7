import { always } from "./when";

const MANY = 20;
let lists = 0;

const bare = (text: string): string => text.trim().replace(/\s+/g, " ");

const chosen = (select: HTMLSelectElement): string => bare(select.selectedOptions[0]?.text ?? "");

/** The options that a text can mean: exactly one, or those that hold it. */
function meant(select: HTMLSelectElement, text: string): HTMLOptionElement[] {
  const words = bare(text).toLowerCase();
  const all = [...select.options];
  const exact = all.filter((option) => bare(option.text).toLowerCase() === words);
  return exact.length > 0 ? exact : all.filter((one) => bare(one.text).toLowerCase().includes(words));
}

function options(select: HTMLSelectElement): HTMLDataListElement {
  const list = document.createElement("datalist");
  list.id = `lf-list-${++lists}`;
  for (const option of select.options) list.append(new Option("", bare(option.text)));
  return list;
}

function field(select: HTMLSelectElement, list: HTMLDataListElement): HTMLInputElement {
  const input = document.createElement("input");
  input.type = "text";
  input.className = `lf-input lf-picking ${select.className}`;
  input.value = chosen(select);
  input.setAttribute("list", list.id);
  input.autocomplete = "off";
  if (select.id) input.id = `${select.id}-words`;
  const labels = [...select.labels].map((label) => bare(label.textContent ?? ""));
  const name = select.getAttribute("aria-label") || labels.find(Boolean) || select.title;
  if (name) input.setAttribute("aria-label", name);
  for (const label of select.labels) if (label.htmlFor) label.htmlFor = input.id;
  return input;
}

/** Take what was typed, if it can mean one option only; otherwise what was chosen stands again. */
function take(select: HTMLSelectElement, input: HTMLInputElement): void {
  const found = input.value.trim() ? meant(select, input.value) : [];
  const before = select.value;
  if (found.length === 1 && found[0]) select.value = found[0].value;
  input.value = chosen(select);
  if (select.value !== before) select.dispatchEvent(new Event("change", { bubbles: true }));
}

/** While it is chosen anew the field is empty, so that the whole list is offered. */
function listen(select: HTMLSelectElement, input: HTMLInputElement): void {
  input.addEventListener("focus", () => {
    input.placeholder = chosen(select);
    input.value = "";
  });
  input.addEventListener("blur", () => take(select, input));
  for (const kind of ["input", "change"]) {
    input.addEventListener(kind, (event) => {
      event.stopPropagation();
      const exact = [...select.options].some((one) => bare(one.text) === bare(input.value));
      if (exact || kind === "change") take(select, input);
    });
  }
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
    if (event.key === "Enter" && input.value.trim()) take(select, input);
  });
}

function searchable(select: HTMLSelectElement): void {
  if (select.multiple || select.options.length < MANY || select.hidden) return;
  const list = options(select);
  const input = field(select, list);
  select.hidden = true;
  select.after(input, list);
  listen(select, input);
}

/** A long list can be searched by typing a part of a name or code; a phone has its own wheel. */
export function picking(): void {
  if (!matchMedia("(pointer: fine)").matches) return;
  always((root) => {
    for (const select of root.querySelectorAll("select")) searchable(select);
  });
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const words = (): DOMStringMap =>
  document.querySelector<HTMLElement>("meta[name=lf-words]")?.dataset ?? {};

/** The sentence under a field; one that is there already is used again. */
function place(field: Field): HTMLElement {
  const after = field.closest("label") ?? field;
  const next = after.nextElementSibling;
  if (next instanceof HTMLElement && next.hasAttribute("data-said")) return next;
  const made = document.createElement("p");
  made.className = "lf-error";
  made.setAttribute("data-said", "");
  made.setAttribute("role", "alert");
  after.after(made);
  return made;
}

function say(field: Field): void {
  const { missing = "", wrong = "" } = words();
  place(field).textContent = field.validity.valueMissing ? missing : wrong;
  field.setAttribute("aria-invalid", "true");
  if (field.form?.querySelector(":invalid:not(fieldset)") === field) field.focus();
}

function mended(field: Field): void {
  if (!field.validity.valid || !field.hasAttribute("aria-invalid")) return;
  const next = (field.closest("label") ?? field).nextElementSibling;
  if (!next?.hasAttribute("data-said")) return;
  next.remove();
  field.removeAttribute("aria-invalid");
}

/** What is missing is said by the page, in its own language, not by the browser in another. */
export function wanting(): void {
  document.addEventListener(
    "invalid",
    (event) => {
      event.preventDefault();
      say(event.target as Field);
    },
    { capture: true },
  );
  document.addEventListener("input", (event) => {
    const field = event.target as Element;
    if (field.matches("input, select, textarea")) mended(field as Field);
  });
}

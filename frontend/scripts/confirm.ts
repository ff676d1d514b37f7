import type { HtmxRequestCtx } from "htmx.org";

/** What a button says, without the key that stands on it. */
function words(button: Element | null): string {
  const copy = button?.cloneNode(true) as Element | undefined;
  for (const key of copy?.querySelectorAll("kbd") ?? []) key.remove();
  return copy?.textContent?.trim() ?? "";
}

/** Ask in the page's own dialog, whose button says what the pressed one said. */
async function sure(question: string, pressed: Element | null): Promise<boolean> {
  const dialog = document.querySelector<HTMLDialogElement>("#lf-ask");
  const place = dialog?.querySelector("p");
  const yes = dialog?.querySelector<HTMLButtonElement>("button[value=yes]");
  if (!dialog || !place || !yes) return true;
  place.textContent = question;
  yes.textContent = words(pressed) || (yes.dataset["word"] ?? "");
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((closed) => dialog.addEventListener("close", closed, { once: true }));
  return dialog.returnValue === "yes";
}

/** A question before what cannot be taken back: `hx-confirm`, or `data-confirm` on a button. */
export function confirm(): void {
  document.addEventListener("htmx:confirm", (event) => {
    const { ctx, issueRequest, dropRequest } = event.detail;
    event.preventDefault();
    const { confirm: question } = ctx as HtmxRequestCtx & { confirm: string };
    const pressed = ctx.sourceElement.matches("form")
      ? ctx.sourceElement.querySelector("button:not([type=button])")
      : ctx.sourceElement;
    void sure(question, pressed).then((yes) => (yes ? issueRequest() : dropRequest()));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const button = event.submitter;
    const question = button?.dataset["confirm"] ?? form.dataset["confirm"];
    if (!question || form.dataset["sure"] === "yes") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void sure(question, button).then((yes) => {
      if (!yes) return;
      form.dataset["sure"] = "yes";
      form.requestSubmit(button);
      delete form.dataset["sure"];
    });
  }, { capture: true });
}

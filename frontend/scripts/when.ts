/** Run something for what is on the page now and for everything that htmx brings later. */
export function always(todo: (root: ParentNode) => void): void {
  todo(document);
  document.addEventListener("htmx:after:settle", (event) => {
    if (event.target instanceof Element) todo(event.target);
  });
}

/** Tell whether somebody is writing, so that a key is a letter and not a command. */
export function writing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, select, textarea"))
  );
}

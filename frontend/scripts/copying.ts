/** Copy what the server has written for the chat group: `data-copy="#id"`. */
export function copying(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copy]");
    if (!button) return;
    const source = document.querySelector<HTMLElement>(button.dataset["copy"] ?? "");
    if (!source) return;
    const text = source instanceof HTMLTextAreaElement ? source.value : source.innerText;
    void put(text, source).then(() => {
      const word = button.querySelector<HTMLElement>("[data-copied]") ?? button;
      const before = word.textContent;
      word.textContent = word.dataset["copied"] ?? button.dataset["copied"] ?? before;
      setTimeout(() => (word.textContent = before), 2000);
    });
  });
}

/** Over plain HTTP there is no clipboard to write to; the selection still can be copied. */
async function put(text: string, source: HTMLElement): Promise<void> {
  if (window.isSecureContext) return navigator.clipboard.writeText(text);
  const range = document.createRange();
  range.selectNodeContents(source);
  const chosen = getSelection();
  chosen?.removeAllRanges();
  if (source instanceof HTMLTextAreaElement) source.select();
  else chosen?.addRange(range);
  document.execCommand("copy");
}

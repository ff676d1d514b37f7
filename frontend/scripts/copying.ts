/** Copy what the server has written for the chat group: `data-copy="#id"`. */
export function copying(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copy]");
    if (!button) return;
    const source = document.querySelector<HTMLElement>(button.dataset["copy"] ?? "");
    if (!source) return;
    const text = isField(source) ? source.value : source.innerText;
    void put(text, source).then((done) => {
      const word = button.querySelector<HTMLElement>("[data-copied]") ?? button;
      const before = word.textContent;
      const told = word.dataset["copied"] ?? button.dataset["copied"];
      word.textContent = (done ? told : button.dataset["selected"]) ?? before;
      setTimeout(() => (word.textContent = before), done ? 2000 : 6000);
    });
  });
}

function isField(source: HTMLElement): source is HTMLTextAreaElement | HTMLInputElement {
  return source instanceof HTMLTextAreaElement || source instanceof HTMLInputElement;
}

/** Some browsers within other apps refuse the clipboard, and over plain HTTP there is none: the
 * text is left selected then, to be copied by hand. */
async function put(text: string, source: HTMLElement): Promise<boolean> {
  if (window.isSecureContext && navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // refused; the older way may still be allowed
    }
  }
  select(source);
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  }
}

function select(source: HTMLElement): void {
  if (isField(source)) {
    source.focus();
    source.select();
    source.setSelectionRange(0, source.value.length);
    return;
  }
  const range = document.createRange();
  range.selectNodeContents(source);
  const chosen = getSelection();
  chosen?.removeAllRanges();
  chosen?.addRange(range);
}

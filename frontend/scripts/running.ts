const AHEAD = "lf-ahead";

/** By how many milliseconds the house's clock is ahead of the phone's; known from the last page that
 * came from the house, where this one was kept on the phone. */
export function ahead(): number {
  if ("offline" in document.body.dataset) return Number(localStorage.getItem(AHEAD) ?? 0);
  const found = Date.parse(document.body.dataset["now"] ?? "") - Date.now();
  try {
    localStorage.setItem(AHEAD, String(found));
  } catch {
    // a browser that keeps nothing shows no pass without signal either
  }
  return found;
}

/** The seconds of the pass run, so that a picture of it can be told from the pass. */
export function running(): void {
  const place = document.querySelector<HTMLElement>("[data-running]");
  if (!place) return;
  const by = ahead();
  if (Number.isNaN(by)) return;
  const zone = place.dataset["running"] || "Asia/Shanghai";
  const written = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone: zone });
  const tick = (): void => {
    place.textContent = written.format(new Date(Date.now() + by));
  };
  tick();
  setInterval(tick, 1000);
}

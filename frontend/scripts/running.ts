/** The seconds of the pass run, so that a picture of it can be told from the pass. */
export function running(): void {
  const place = document.querySelector<HTMLElement>("[data-running]");
  const ahead = Date.parse(document.body.dataset["now"] ?? "") - Date.now();
  if (!place || Number.isNaN(ahead)) return;
  const zone = place.dataset["running"] || "Asia/Shanghai";
  const written = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone: zone });
  const tick = (): void => {
    place.textContent = written.format(new Date(Date.now() + ahead));
  };
  tick();
  setInterval(tick, 1000);
}

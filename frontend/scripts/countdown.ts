import { always } from "./when";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How far the server's time of the matter stands from this machine's clock. */
let ahead = 0;

function told(left: number): string {
  const hours = Math.floor(left / HOUR);
  const minutes = Math.floor((left % HOUR) / MINUTE);
  const seconds = Math.floor((left % MINUTE) / SECOND);
  const two = (n: number): string => String(n).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${two(minutes)}:${two(seconds)}`;
}

function tick(): void {
  const now = Date.now() + ahead;
  for (const place of document.querySelectorAll<HTMLElement>("[data-until]")) {
    const left = Date.parse(place.dataset["until"] ?? "") - now;
    if (Number.isNaN(left)) continue;
    if (left >= 0) {
      place.textContent = told(left);
      place.toggleAttribute("data-near", left < 10 * MINUTE);
    } else {
      const minutes = Math.floor(-left / MINUTE);
      place.toggleAttribute("data-passed", true);
      place.textContent = (place.dataset["late"] ?? "").replace("{n}", String(minutes));
    }
  }
}

/** Count down to named events; the server gives the event and its own time. */
export function countdown(): void {
  always((root) => {
    const clock = root.querySelector<HTMLElement>("[data-now]");
    if (clock) ahead = Date.parse(clock.dataset["now"] ?? "") - Date.now();
    tick();
  });
  setInterval(tick, SECOND);
}

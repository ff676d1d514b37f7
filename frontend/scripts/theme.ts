const YEAR = 31_536_000;

/** Keep the theme in a cookie, so that the server writes the page in it at once. */
export function theme(): void {
  document.addEventListener("click", (event) => {
    const pressed = (event.target as Element).closest<HTMLElement>("[data-set-theme]");
    if (!pressed) return;
    const chosen = pressed.dataset["setTheme"] ?? "";
    document.documentElement.dataset["theme"] = chosen;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${chosen}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
    for (const button of document.querySelectorAll<HTMLElement>("[data-set-theme]")) {
      button.setAttribute("aria-pressed", String(button === pressed));
    }
  });
}

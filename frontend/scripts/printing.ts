/** Print the page that is shown: `data-print`. */
export function printing(): void {
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-print]")) print();
  });
}

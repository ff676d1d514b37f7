/** What is wider than its place can be moved by the keyboard too; what fits is no stop on the way. */
export function scrolling(): void {
  const mark = (): void => {
    document.querySelectorAll<HTMLElement>(".lf-scroll, .lf-doc").forEach((each) => {
      if (each.scrollWidth > each.clientWidth) each.tabIndex = 0;
      else each.removeAttribute("tabindex");
    });
  };
  mark();
  addEventListener("resize", mark);
  document.addEventListener("htmx:after:swap", mark);
}

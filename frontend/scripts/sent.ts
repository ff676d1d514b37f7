/** A page that answered a form (`lf-sent`): going back to it or loading it anew asks for the page,
 * and never whether to send the form once more. */
export function sent(): void {
  if (document.querySelector("meta[name=lf-sent]")) history.replaceState(null, "", location.href);
}

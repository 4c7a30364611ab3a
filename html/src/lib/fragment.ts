// The token of a link in a mail: "#token=...".  It leaves the address bar (and
// so the history) at once; a fragment is never sent to anyone.
export function takeToken(): string {
  const token = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
  if (location.hash) {
    history.replaceState(null, "", location.pathname + location.search);
  }
  // another link, opened in this same tab
  addEventListener("hashchange", () => location.reload());
  return token;
}

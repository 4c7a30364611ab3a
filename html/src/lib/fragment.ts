function tokenIn(hash: string, name: string): string {
  return new URLSearchParams(hash.slice(1)).get(name) ?? "";
}

// The token of a link in a mail: "#token=...".  It leaves the address bar (and
// so the history) at once; a fragment is never sent to anyone.
export function takeToken(name = "token"): string {
  const token = tokenIn(location.hash, name);
  if (token) {
    history.replaceState(null, "", location.pathname + location.search);
  }
  // another link, opened in this same tab
  addEventListener("hashchange", () => {
    if (tokenIn(location.hash, name)) {
      location.reload();
    }
  });
  return token;
}

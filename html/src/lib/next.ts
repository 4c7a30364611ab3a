// Where to go after signing in: only an address of this shop.
export function nextAddress(search: string, fallback: string): string {
  const next = new URLSearchParams(search).get("next") ?? "";
  return /^\/(?![/\\])[^\s\\\p{C}]*$/u.test(next) ? next : fallback;
}

// A product's picture stands on a quiet tint that is always the same for it.

const TINTS = 6;

export function tintOf(key: string): string {
  let hash = 7;
  for (const letter of key) {
    hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  }
  return `tint-${hash % TINTS}`;
}

// A language in its own words: "Deutsch".
export function languageName(code: string): string {
  try {
    const names = new Intl.DisplayNames([code], { type: "language" });
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

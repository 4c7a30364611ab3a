export type Width = 160 | 320 | 640 | 960 | 1280 | 1920;

// An uploaded picture in one of its widths; others have only one.
export function sized(url: string, width: Width): string {
  return url.startsWith("/media/i/") && !url.includes("?")
    ? `${url}?w=${width}`
    : url;
}

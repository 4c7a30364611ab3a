// What a person calls a device, out of its User-Agent: "Firefox on Windows".

const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg(e|A|iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\b(Chrome|CriOS|HeadlessChrome)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];

const SYSTEMS: readonly [RegExp, string][] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "Mac"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];

function first(
  list: readonly [RegExp, string][],
  agent: string,
): string | undefined {
  return list.find(([pattern]) => pattern.test(agent))?.[1];
}

export function deviceName(agent: string | null | undefined): string {
  const browser = first(BROWSERS, agent ?? "");
  const system = first(SYSTEMS, agent ?? "");
  if (browser && system) {
    return `${browser} on ${system}`;
  }
  // a program names itself first: "curl/8.1"
  return browser ?? system ?? (agent?.split(/[/ ]/)[0] || "Unknown device");
}

import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";

// Fails the build when a page loads more script than its bar (docs/pages.md).

const KB = 1000;
const BARS: Record<string, number> = { default: 60 * KB, checkout: 80 * KB };

const dist = resolve(import.meta.dirname, "../dist");
const pages = resolve(dist, "pages");
let failed = false;

for (const file of readdirSync(pages).sort()) {
  const html = readFileSync(resolve(pages, file), "utf8");
  const scripts = html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g);
  let bytes = 0;
  for (const [, path] of scripts) {
    bytes += gzipSync(readFileSync(resolve(dist, `.${path}`)), { level: 9 }).length;
  }
  const name = file.replace(".html", "");
  const bar = BARS[name] ?? BARS["default"] ?? 0;
  const verdict = bytes > bar ? "too much" : "ok";
  failed ||= bytes > bar;
  console.log(`${name.padEnd(12)} ${(bytes / KB).toFixed(1)} kB of ${bar / KB} kB  ${verdict}`);
}

process.exit(failed ? 1 : 0);

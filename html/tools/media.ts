import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Plugin } from "vite";

// NAME to file, from media.txt
function pictures(root: string): Map<string, string> {
  const assets = resolve(root, "node_modules/@lobehub/fluent-emoji-3d/assets");
  const lines = readFileSync(resolve(root, "media.txt"), "utf8").split("\n");
  const found = new Map<string, string>();
  for (const line of lines) {
    const [name, code] = line.split(" ");
    if (name && code && !line.startsWith("#")) {
      found.set(name, resolve(assets, `${code}.webp`));
    }
  }
  return found;
}

// Product pictures under names that last: nginx serves them from dist.
export function media(root: string): Plugin {
  return {
    name: "shop-media",
    generateBundle() {
      for (const [name, file] of pictures(root)) {
        this.emitFile({
          type: "asset",
          fileName: `media/emoji/${name}.webp`,
          source: readFileSync(file),
        });
      }
    },
  };
}

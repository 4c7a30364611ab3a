import { createReadStream, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Plugin } from "vite";

const PREFIX = "/media/emoji/";

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
    configureServer(server) {
      const files = pictures(root);
      server.middlewares.use((req, res, next) => {
        const url = req.url ?? "";
        const file = url.startsWith(PREFIX)
          ? files.get(url.slice(PREFIX.length).replace(/\.webp.*$/, ""))
          : undefined;
        if (!file) {
          next();
          return;
        }
        res.setHeader("Content-Type", "image/webp");
        createReadStream(file).pipe(res);
      });
    },
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

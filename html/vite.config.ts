import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import { docs } from "./tools/docs.ts";
import { media } from "./tools/media.ts";
import { renderer } from "./tools/renderer.ts";

const root = import.meta.dirname;

// Every page has an address and a template of its own; the gateway fills it.
const templates = readdirSync(resolve(root, "pages"))
  .filter((name) => name.endsWith(".html"))
  .map((name) => resolve(root, "pages", name))
  .concat(resolve(root, "docs/index.html"));

export default defineConfig({
  root,
  resolve: {
    alias: [
      { find: /^@\//, replacement: `${resolve(root, "src")}/` },
      ...renderer("preact"),
    ],
  },
  plugins: [tailwindcss(), media(root), docs(root)],
  build: {
    outDir: "dist",
    target: ["chrome123", "firefox128", "safari17.5"],
    // a data: URL would need a wider CSP
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: templates,
      onLog(level, log, handle) {
        // "use client" of React libraries means nothing here
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") {
          handle(level, log);
        }
      },
    },
  },
});

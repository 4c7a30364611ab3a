import { resolve } from "node:path";
import { defineConfig } from "vitest/config";
import { renderer } from "./tools/renderer.ts";

// its ES module, so that its imports of React follow the aliases
const library = {
  find: /^@testing-library\/react$/,
  replacement: resolve(
    import.meta.dirname,
    "node_modules/@testing-library/react/dist/@testing-library/react.esm.js",
  ),
};
const src = { find: /^@\//, replacement: `${resolve(import.meta.dirname, "src")}/` };

// Everything runs twice: on React and on what the storefront ships.
function project(name: "react" | "preact") {
  return {
    resolve: { alias: [src, library, ...renderer(name)] },
    test: {
      name,
      environment: "jsdom",
      testTimeout: 30_000,
      hookTimeout: 30_000,
      setupFiles: ["./tools/test-setup.ts"],
      include: ["src/**/*.test.{ts,tsx}", "tools/**/*.test.ts"],
      server: { deps: { inline: [/@testing-library\/react/, /@tanstack/] } },
    },
  };
}

export default defineConfig({
  test: { projects: [project("preact"), project("react")] },
});

import type { Alias } from "vite";

// The storefront is written for React 19 and runs on preact/compat, which is a
// tenth of its size; the tests run on both.
export function renderer(name: "react" | "preact"): Alias[] {
  if (name === "react") {
    return [];
  }
  return [
    { find: /^react-dom\/client$/, replacement: "preact/compat/client" },
    { find: /^react-dom\/test-utils$/, replacement: "preact/test-utils" },
    { find: /^react-dom$/, replacement: "preact/compat" },
    { find: /^react\/jsx-(dev-)?runtime$/, replacement: "preact/jsx-runtime" },
    { find: /^react$/, replacement: "preact/compat" },
  ];
}

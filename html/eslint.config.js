import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

// app and pages build on features, features on ui, ui on lib; never back, and
// never from one feature into another.

const features = [
  "cart",
  "catalog",
  "identity",
  "order",
  "payment",
  "review",
  "search",
  "shipping",
];

const forbid = (files, groups, message) => ({
  files,
  rules: {
    "no-restricted-imports": [
      "error",
      { patterns: [{ group: groups, message }] },
    ],
  },
});

export default tseslint.config(
  { ignores: ["dist/", "generated/", "node_modules/", "eslint.config.js"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: "./tsconfig.json",
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { "react-hooks": hooks },
    rules: {
      ...hooks.configs["recommended-latest"].rules,
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true },
      ],
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true },
      ],
      "max-lines": ["error", 500],
      "max-lines-per-function": ["error", { max: 110, skipComments: true }],
    },
  },
  {
    files: ["**/*.test.ts", "**/*.test.tsx"],
    rules: { "max-lines-per-function": "off" },
  },
  forbid(
    ["src/lib/**"],
    ["@/ui/*", "@/features/*", "@/app/*", "@/pages/*"],
    "lib imports nothing above it",
  ),
  forbid(
    ["src/ui/**"],
    ["@/features/*", "@/app/*", "@/pages/*"],
    "ui imports lib only",
  ),
  ...features.map((name) =>
    forbid(
      [`src/features/${name}/**`],
      [
        "@/app/*",
        "@/pages/*",
        ...features
          .filter((other) => other !== name)
          .map((other) => `@/features/${other}/*`),
      ],
      "a feature imports ui and lib, never another feature",
    ),
  ),
  forbid(["src/app/**"], ["@/pages/*"], "app imports features, ui and lib"),
);

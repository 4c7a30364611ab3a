// @vitest-environment node
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { docsHtml } from "./docs.ts";
import type { Document } from "./openapi.ts";

const document = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../../docs/openapi.json"), "utf8"),
) as Document;
const html = docsHtml(document);

it("has every operation, and no link that leads nowhere", () => {
  for (const methods of Object.values(document.paths)) {
    for (const { operationId } of Object.values(methods)) {
      expect(html).toContain(`id="${operationId}"`);
    }
  }
  for (const [, id] of html.matchAll(/href="#([^"]+)"/g)) {
    expect(html).toContain(`id="${id}"`);
  }
});

it("needs no script and no style of its own", () => {
  expect(html).not.toMatch(/<script|style=|<style/);
});

import { expect, it } from "vitest";
import { nextAddress } from "./next";

it("goes on within the shop only", () => {
  expect(nextAddress("?next=/checkout", "/")).toBe("/checkout");
  expect(nextAddress("?next=/orders/1?a=b", "/")).toBe("/orders/1?a=b");
  for (const bad of ["//evil.test", "/\\evil.test", "https://evil.test", ""]) {
    expect(nextAddress(`?next=${encodeURIComponent(bad)}`, "/account")).toBe(
      "/account",
    );
  }
});

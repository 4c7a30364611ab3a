import { expect, it } from "vitest";
import { nextAddress } from "./next";

it("goes on within the shop only", () => {
  expect(nextAddress("?next=/checkout", "/")).toBe("/checkout");
  expect(nextAddress("?next=/orders/1?a=b", "/")).toBe("/orders/1?a=b");
  const authorize =
    "/oauth/authorize?redirect_uri=https%3A%2F%2Fapp.test%2Fcb&scope=a:b+c&state=~(1)";
  expect(nextAddress(`?next=${encodeURIComponent(authorize)}`, "/")).toBe(
    authorize,
  );
  for (const bad of [
    "//evil.test",
    "/\\evil.test",
    "https://evil.test",
    "/\t/evil.test",
    "/\n/evil.test",
    "javascript:alert(1)",
    "",
  ]) {
    expect(nextAddress(`?next=${encodeURIComponent(bad)}`, "/account")).toBe(
      "/account",
    );
  }
});

import { expect, it } from "vitest";
import { takeToken } from "./fragment";

it("takes the token and leaves nothing of it in the address", () => {
  history.replaceState(null, "", "/reset-password?x=1#token=a-b_c");
  expect(takeToken()).toBe("a-b_c");
  expect(location.href).toMatch(/\/reset-password\?x=1$/);
  expect(takeToken()).toBe("");
  history.replaceState(null, "", "/sign-in#mfa_token=m&x=y");
  expect(takeToken("mfa_token")).toBe("m");
});

import { describe, expect, it } from "vitest";
import { ApiError } from "./api";
import { whenBusy } from "./busy";

const refused = (status: number) =>
  new ApiError({ status, code: "unavailable", title: "Later" });

describe("a shop that is busy", () => {
  it("is asked again, some times", () => {
    expect(whenBusy.retry(0, refused(503))).toBe(true);
    expect(whenBusy.retry(3, refused(503))).toBe(false);
  });

  it("is not asked again for what is refused", () => {
    expect(whenBusy.retry(0, refused(401))).toBe(false);
    expect(whenBusy.retry(0, new TypeError("offline"))).toBe(false);
  });

  it("is given more time each time", () => {
    expect(whenBusy.retryDelay(0)).toBeLessThanOrEqual(1500);
    expect(whenBusy.retryDelay(3)).toBeGreaterThanOrEqual(4000);
  });
});

import { describe, expect, it, vi } from "vitest";
import { answer } from "../../tools/fixtures";
import { address, ApiError, call, problemOf } from "./api";

describe("address", () => {
  it("fills the path and leaves out what is empty", () => {
    const path = address(
      "/orders/{order}",
      { order: "a/b" },
      { limit: 5, cursor: null, q: "" },
    );
    expect(path).toBe("/orders/a%2Fb?limit=5");
  });
});

describe("call", () => {
  it("sends JSON and gives the answer", async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(() =>
      Promise.resolve(answer({ items: [] })),
    );
    vi.stubGlobal("fetch", fetch);
    await call("post", "/api/v1/cart/add", {
      body: { variant_id: "7", quantity: 2 },
      key: "k",
    });
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect(url).toBe("/api/v1/cart/add");
    expect(init?.body).toBe('{"variant_id":"7","quantity":2}');
    expect(init?.headers).toMatchObject({ "Idempotency-Key": "k" });
  });

  it("throws a problem with what the shop said", async () => {
    const problem = { status: 409, code: "insufficient_stock", title: "Gone" };
    vi.stubGlobal("fetch", () => Promise.resolve(answer(problem, 409)));
    const error: unknown = await call("get", "/api/v1/cart").catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ApiError);
    expect(problemOf(error)).toMatchObject(problem);
  });

  it("has a sentence for answers that are no problem+json", async () => {
    vi.stubGlobal("fetch", () =>
      Promise.resolve(new Response("<html>", { status: 502 })),
    );
    const error: unknown = await call("get", "/api/v1/cart").catch(
      (reason: unknown) => reason,
    );
    expect(problemOf(error)).toMatchObject({ status: 502, code: "unavailable" });
    expect(problemOf(new TypeError("offline")).code).toBe("offline");
  });
});

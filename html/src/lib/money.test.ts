import { describe, expect, it } from "vitest";
import { decimal, formatMoney, parseAmount, reduction } from "./money";

describe("money", () => {
  it("knows the minor unit of a currency", () => {
    expect(decimal(1999, "EUR")).toBe("19.99");
    expect(decimal(5, "EUR")).toBe("0.05");
    expect(decimal(1999, "JPY")).toBe("1999");
    expect(decimal(1999, "KWD")).toBe("1.999");
    expect(decimal(-150, "USD")).toBe("-1.50");
  });

  it("keeps amounts that a floating point number can't hold", () => {
    const money = { amount: 9007199254740991, currency: "EUR" };
    expect(formatMoney(money, "en")).toBe("€90,071,992,547,409.91");
  });

  it("formats by locale", () => {
    const money = { amount: 123450, currency: "EUR" };
    expect(formatMoney(money, "de").replace(/\s/g, " ")).toBe("1.234,50 €");
  });

  it("reads what people type", () => {
    expect(parseAmount("12", "EUR")).toBe(1200);
    expect(parseAmount(" 12,5 ", "EUR")).toBe(1250);
    expect(parseAmount("12.999", "EUR")).toBe(1299);
    expect(parseAmount("12", "JPY")).toBe(12);
    expect(parseAmount("-1", "EUR")).toBeNull();
    expect(parseAmount("abc", "EUR")).toBeNull();
  });

  it("tells a reduction only when there is one", () => {
    const now = { amount: 7500, currency: "EUR" };
    expect(reduction(now, { amount: 10000, currency: "EUR" })).toBe(25);
    expect(reduction(now, { amount: 7500, currency: "EUR" })).toBeNull();
    expect(reduction(now, { amount: 10000, currency: "USD" })).toBeNull();
    expect(reduction(now, null)).toBeNull();
  });
});

import type { Money } from "./types";

// Money stays an integer in minor units; only a picture of it is a decimal.

const digits = new Map<string, number>();

function digitsOf(currency: string): number {
  let known = digits.get(currency);
  if (known === undefined) {
    known =
      new Intl.NumberFormat("en", { style: "currency", currency })
        .resolvedOptions().maximumFractionDigits ?? 2;
    digits.set(currency, known);
  }
  return known;
}

// "12345" with 2 digits is "123.45": no floating point on the way.
export function decimal(amount: number, currency: string): string {
  const places = digitsOf(currency);
  const sign = amount < 0 ? "-" : "";
  const figures = String(Math.abs(amount)).padStart(places + 1, "0");
  if (places === 0) {
    return sign + figures;
  }
  const cut = figures.length - places;
  return `${sign}${figures.slice(0, cut)}.${figures.slice(cut)}`;
}

export function formatMoney(money: Money, locale: string): string {
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: money.currency,
  });
  return format.format(
    decimal(money.amount, money.currency) as Intl.StringNumericLiteral,
  );
}

// What a person typed ("12", "12,5", "12.50") in minor units, or null.
export function parseAmount(text: string, currency: string): number | null {
  const places = digitsOf(currency);
  const match = /^\s*(\d{1,9})(?:[.,](\d*))?\s*$/.exec(text);
  if (!match) {
    return null;
  }
  const part = (match[2] ?? "").slice(0, places).padEnd(places, "0");
  return Number(`${match[1] ?? ""}${part}`);
}

// A reduction in whole per cent, or null when there is none to speak of.
export function reduction(
  price: Money,
  before: Money | null | undefined,
): number | null {
  if (
    !before ||
    before.currency !== price.currency ||
    before.amount <= price.amount
  ) {
    return null;
  }
  const percent = Math.round(
    ((before.amount - price.amount) * 100) / before.amount,
  );
  return percent >= 1 ? percent : null;
}

import type { Address } from "@/lib/types";

// What was typed survives a reload and Back; it is gone with the tab.

export interface Draft {
  email: string;
  name: string;
  line1: string;
  postal_code: string;
  city: string;
  country: string;
  // null: not asked for
  line2: string | null;
  region: string | null;
  phone: string | null;
  method: string;
  key: string;
}

export const FIELDS = [
  "email",
  "name",
  "line1",
  "postal_code",
  "city",
  "country",
] as const;

// What an address of the book may have beside these.
export const EXTRAS = ["line2", "region", "phone"] as const;

export type FieldName = (typeof FIELDS)[number];
export type ExtraName = (typeof EXTRAS)[number];

export const LABELS: Record<FieldName | ExtraName, string> = {
  email: "E-mail",
  name: "Full name",
  line1: "Street and number",
  postal_code: "Postcode",
  city: "City",
  country: "Country",
  line2: "Flat, floor, company (optional)",
  region: "State or region (optional)",
  phone: "Phone (optional)",
};

const STORE = "checkout";

export function readDraft(country: string): Draft {
  const empty: Draft = {
    email: "",
    name: "",
    line1: "",
    postal_code: "",
    city: "",
    country,
    line2: null,
    region: null,
    phone: null,
    method: "",
    key: crypto.randomUUID(),
  };
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORE) ?? "{}") as object;
    return { ...empty, ...kept };
  } catch {
    return empty;
  }
}

export function keepDraft(draft: Draft): void {
  try {
    sessionStorage.setItem(STORE, JSON.stringify(draft));
  } catch {
    // storage is off: the page works without
  }
}

export function forgetDraft(): void {
  sessionStorage.removeItem(STORE);
}

export function addressOf(draft: Draft): Address {
  return {
    name: draft.name.trim(),
    line1: draft.line1.trim(),
    postal_code: draft.postal_code.trim(),
    city: draft.city.trim(),
    country: draft.country,
    line2: draft.line2?.trim() || null,
    region: draft.region?.trim() || null,
    phone: draft.phone?.trim() || null,
  };
}

// The draft with an address of the book in it.
export function filled(draft: Draft, known: Address): Draft {
  return {
    ...draft,
    name: known.name,
    line1: known.line1,
    postal_code: known.postal_code,
    city: known.city,
    country: known.country,
    line2: known.line2 || null,
    region: known.region || null,
    phone: known.phone || null,
    method: "",
  };
}

export function isFilled(draft: Draft, known: Address): boolean {
  const same = filled(draft, known);
  return [...FIELDS, ...EXTRAS].every(
    (name) => (same[name] ?? "") === (draft[name] ?? ""),
  );
}

const MISSING: Record<FieldName, string> = {
  email: "Enter your e-mail, for the confirmation",
  name: "Enter the name of who receives it",
  line1: "Enter a street and number",
  postal_code: "Enter a postcode",
  city: "Enter a city",
  country: "Choose a country",
};

// Only what is certainly wrong; the shop has the last word.
export function check(
  draft: Draft,
  guest: boolean,
): { field: FieldName; text: string }[] {
  const wrong = FIELDS.filter((field) => guest || field !== "email")
    .filter((field) => draft[field].trim() === "")
    .map((field) => ({ field, text: MISSING[field] }));
  if (guest && draft.email && !/^[^\s@]+@[^\s@]+$/.test(draft.email.trim())) {
    wrong.unshift({
      field: "email",
      text: "Enter an e-mail such as name@example.org",
    });
  }
  return wrong;
}

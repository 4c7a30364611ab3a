import type { Address } from "@/lib/types";

// What was typed survives a reload and Back; it is gone with the tab.

export interface Draft {
  email: string;
  name: string;
  line1: string;
  postal_code: string;
  city: string;
  country: string;
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

export type FieldName = (typeof FIELDS)[number];

export const LABELS: Record<FieldName, string> = {
  email: "E-mail",
  name: "Full name",
  line1: "Street and number",
  postal_code: "Postcode",
  city: "City",
  country: "Country",
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
  };
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

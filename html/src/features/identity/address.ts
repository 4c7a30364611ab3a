import { textOf } from "@/lib/form";
import type { components } from "../../../generated/api";

export type AddressInput = components["schemas"]["BookAddressInput"];

export const LABELS = {
  name: "Full name",
  line1: "Street and number",
  line2: "Flat, floor, company (optional)",
  postal_code: "Postcode",
  city: "City",
  region: "State or region (optional)",
  country: "Country",
  phone: "Phone (optional)",
};

// Optional parts that are empty are none.
export function addressOf(given: FormData): AddressInput {
  return {
    name: textOf(given, "name"),
    line1: textOf(given, "line1"),
    line2: textOf(given, "line2") || null,
    postal_code: textOf(given, "postal_code"),
    city: textOf(given, "city"),
    region: textOf(given, "region") || null,
    country: textOf(given, "country"),
    phone: textOf(given, "phone") || null,
    is_default: given.get("is_default") === "on",
    is_default_billing: given.get("is_default_billing") === "on",
  };
}

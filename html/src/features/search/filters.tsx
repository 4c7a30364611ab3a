import { useRef, useState, type SubmitEvent } from "react";
import { textOf } from "@/lib/form";
import { filterCount, writeListing, type Listing } from "@/lib/listing-url";
import { parseAmount } from "@/lib/money";
import { usePage } from "@/lib/store-context";
import type { Category, Facets } from "@/lib/types";
import { AttributeFilter, AmountFilter, CategoryFilter } from "./filter-fields";

interface Props {
  listing: Listing;
  categories: readonly Category[];
  facets: Facets | undefined;
}

const SHOWN = 4;
const ATTRIBUTE = "attribute ";

// Amounts are shown in whole units and put into the address in minor units.
export function Filters({ listing, categories, facets }: Props) {
  const { currency } = usePage().store;
  const form = useRef<HTMLFormElement>(null);
  const [wrong, setWrong] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const next = chosen(form.current, currency);
    setWrong(next === null);
    if (next) {
      location.assign(
        writeListing({ ...next, q: listing.q, sort: listing.sort }),
      );
    }
  };
  const attributes = (facets?.attributes ?? []).filter(
    ({ name, values }) => values.length > 1 || listing.attributes[name],
  );
  return (
    <form ref={form} onSubmit={submit} className="space-y-6">
      <CategoryFilter categories={categories} chosen={listing.category} />
      <fieldset>
        <legend className="mb-2 font-semibold">Price ({currency})</legend>
        <div className="flex items-center gap-2">
          <AmountFilter name="min" label="Lowest price" value={listing.minPrice} />
          <span aria-hidden="true">–</span>
          <AmountFilter name="max" label="Highest price" value={listing.maxPrice} />
        </div>
        {wrong && (
          <p role="alert" className="text-danger mt-2 text-sm">
            A price is a number such as 25 or 19.90.
          </p>
        )}
      </fieldset>
      {attributes.slice(0, SHOWN).map(({ name, label, values }) => (
        <AttributeFilter
          key={name}
          name={label ?? name}
          field={`${ATTRIBUTE}${name}`}
          values={values}
          chosen={listing.attributes[name] ?? ""}
        />
      ))}
      <label className="flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          name="in_stock"
          defaultChecked={listing.inStock}
          className="size-5"
        />
        In stock only
      </label>
      <div className="grid gap-2">
        <button type="submit" className="button button-plain w-full">
          Show results
        </button>
        {filterCount(listing) > 0 && (
          <a
            href={writeListing({ q: listing.q, sort: listing.sort })}
            className="link grid min-h-11 place-items-center text-sm"
          >
            Clear filters
          </a>
        )}
      </div>
    </form>
  );
}

// What the form says, or null when a price is no number.
function chosen(
  form: HTMLFormElement | null,
  currency: string,
): Partial<Listing> | null {
  const given = new FormData(form ?? undefined);
  const text = (name: string) => textOf(given, name);
  const minPrice = minor(text("min"), currency);
  const maxPrice = minor(text("max"), currency);
  if (minPrice === null || maxPrice === null) {
    return null;
  }
  const attributes: Record<string, string> = {};
  for (const [name, value] of given) {
    if (name.startsWith(ATTRIBUTE) && typeof value === "string" && value) {
      attributes[name.slice(ATTRIBUTE.length)] = value;
    }
  }
  return {
    category: text("category"),
    minPrice,
    maxPrice,
    inStock: given.has("in_stock"),
    attributes,
  };
}

function minor(text: string, currency: string): string | null {
  if (text === "") {
    return "";
  }
  const amount = parseAmount(text, currency);
  return amount === null ? null : String(amount);
}

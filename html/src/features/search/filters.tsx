import { useRef, useState, type FormEvent } from "react";
import { filterCount, writeListing, type Listing } from "@/lib/listing-url";
import { decimal, parseAmount } from "@/lib/money";
import { usePage } from "@/lib/store-context";
import type { Category } from "@/lib/types";

interface Props {
  listing: Listing;
  categories: readonly Category[];
}

// Amounts are shown in whole units and put into the address in minor units.
export function Filters({ listing, categories }: Props) {
  const currency = usePage().store.currencies[0] ?? "EUR";
  const form = useRef<HTMLFormElement>(null);
  const [wrong, setWrong] = useState(false);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    const given = new FormData(form.current ?? undefined);
    const text = (name: string) => String(given.get(name) ?? "").trim();
    const min = minor(text("min"), currency);
    const max = minor(text("max"), currency);
    if (min === null || max === null) {
      setWrong(true);
      return;
    }
    location.assign(
      writeListing({
        q: listing.q,
        sort: listing.sort,
        category: text("category"),
        minPrice: min,
        maxPrice: max,
        inStock: given.has("in_stock"),
      }),
    );
  };
  return (
    <form ref={form} onSubmit={submit} className="space-y-7">
      <fieldset>
        <legend className="mb-2 font-semibold">Category</legend>
        <Choices categories={categories} chosen={listing.category} />
      </fieldset>
      <fieldset>
        <legend className="mb-2 font-semibold">Price ({currency})</legend>
        <div className="flex items-center gap-2">
          <Amount name="min" label="Lowest price" value={listing.minPrice} currency={currency} />
          <span aria-hidden="true">–</span>
          <Amount name="max" label="Highest price" value={listing.maxPrice} currency={currency} />
        </div>
        {wrong && (
          <p role="alert" className="text-danger mt-2 text-sm">
            A price is a number such as 25 or 19.90.
          </p>
        )}
      </fieldset>
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

function minor(text: string, currency: string): string | null {
  if (text === "") {
    return "";
  }
  const amount = parseAmount(text, currency);
  return amount === null ? null : String(amount);
}

function Choices({ categories, chosen }: {
  categories: readonly Category[];
  chosen: string;
}) {
  const all = [{ slug: "", name: "All" }, ...categories];
  return (
    <ul>
      {all.map(({ slug, name }) => (
        <li key={slug}>
          <label className="flex min-h-9 items-center gap-3">
            <input
              type="radio"
              name="category"
              value={slug}
              defaultChecked={chosen === slug}
              className="size-4.5"
            />
            {name}
          </label>
        </li>
      ))}
    </ul>
  );
}

function Amount({ name, label, value, currency }: {
  name: string;
  label: string;
  value: string;
  currency: string;
}) {
  const shown = /^\d+$/.test(value)
    ? decimal(Number(value), currency).replace(/\.0+$/, "")
    : "";
  return (
    <input
      name={name}
      aria-label={label}
      inputMode="decimal"
      defaultValue={shown}
      className="field min-h-11"
    />
  );
}

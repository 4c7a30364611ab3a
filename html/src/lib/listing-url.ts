// The state of a listing lives in its address, so that Back, reload and a
// shared link show the same products.

export interface Listing {
  q: string;
  category: string;
  minPrice: string;
  maxPrice: string;
  inStock: boolean;
  attributes: Record<string, string>;
  sort: string;
}

export const SORTS = [
  { value: "", label: "Recommended" },
  { value: "price", label: "Price: low to high" },
  { value: "-price", label: "Price: high to low" },
  { value: "newest", label: "Newest" },
  { value: "rating", label: "Best rated" },
] as const;

const ATTRIBUTE = "attr.";

export function readListing(search: string): Listing {
  const given = new URLSearchParams(search);
  const text = (name: string) => given.get(name)?.trim() ?? "";
  const attributes: Record<string, string> = {};
  for (const [name, value] of given) {
    if (name.startsWith(ATTRIBUTE) && value) {
      attributes[name.slice(ATTRIBUTE.length)] = value;
    }
  }
  return {
    q: text("q"),
    category: text("category"),
    minPrice: text("min_price"),
    maxPrice: text("max_price"),
    inStock: text("in_stock") === "true",
    attributes,
    sort: text("sort"),
  };
}

export function writeListing(listing: Partial<Listing>, cursor = ""): string {
  const search = new URLSearchParams();
  const add = (name: string, value: string | undefined) => {
    if (value) {
      search.set(name, value);
    }
  };
  add("q", listing.q);
  add("category", listing.category);
  add("min_price", listing.minPrice);
  add("max_price", listing.maxPrice);
  add("in_stock", listing.inStock ? "true" : "");
  for (const [name, value] of Object.entries(listing.attributes ?? {})) {
    add(`${ATTRIBUTE}${name}`, value);
  }
  add("sort", listing.sort);
  add("cursor", cursor);
  return search.size > 0 ? `/search?${search.toString()}` : "/search";
}

export function filterCount(listing: Listing): number {
  const plain = [
    listing.category,
    listing.minPrice || listing.maxPrice,
    listing.inStock,
  ];
  return (
    plain.filter(Boolean).length + Object.keys(listing.attributes).length
  );
}

import { SORTS, type Listing } from "@/lib/listing-url";

interface Props {
  listing: Listing;
  here: (listing: Listing) => string;
}

export function SortSelect({ listing, here }: Props) {
  return (
    <label className="flex items-center gap-3 text-[0.9375rem]">
      <span className="text-muted whitespace-nowrap">Sort by</span>
      <select
        className="field min-h-11 w-auto py-1.5"
        value={listing.sort}
        onChange={(event) =>
          location.assign(here({ ...listing, sort: event.currentTarget.value }))
        }
      >
        {SORTS.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

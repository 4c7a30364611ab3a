import { readListing } from "@/lib/listing-url";
import { SearchIcon } from "@/ui/icons";

// A plain form: it works before any script has run, and so does Back.
export function SearchBox() {
  const { q } = readListing(location.search);
  return (
    <form action="/search" method="get" role="search" className="relative w-full">
      <label htmlFor="search" className="sr-only">
        Search products
      </label>
      <input
        id="search"
        name="q"
        type="search"
        defaultValue={q}
        placeholder="Search products"
        autoComplete="off"
        enterKeyHint="search"
        maxLength={200}
        className="bg-surface border-control h-11 w-full rounded-full border pr-12 pl-5"
      />
      <button
        type="submit"
        className="text-muted hover:text-fg absolute inset-y-0 right-1 grid w-11 place-items-center"
        aria-label="Search"
      >
        <SearchIcon className="size-5" />
      </button>
    </form>
  );
}

import { Layout } from "@/app/layout";
import { start } from "@/app/start";
import { ProductGrid } from "@/features/catalog/product-grid";
import { wayTo } from "@/features/catalog/tree";
import { Filters } from "@/features/search/filters";
import { SortSelect } from "@/features/search/sort-select";
import { filterCount, readListing, writeListing } from "@/lib/listing-url";
import { readPage } from "@/lib/page";
import type { Category, ProductList } from "@/lib/types";
import { Breadcrumbs } from "@/ui/breadcrumbs";
import { FilterIcon } from "@/ui/icons";
import { Empty } from "@/ui/notice";

interface Data {
  category: Category | null;
  products: ProductList;
}

const page = readPage<Data>();
const listing = readListing(location.search);
if (page.category) {
  listing.category = page.category.slug;
}
const way = wayTo(page.categories, listing.category);
const category = way[way.length - 1] ?? page.category ?? null;
const items = page.products?.items ?? [];
const next = page.products?.next_cursor ?? null;

function heading(): string {
  if (listing.q) {
    return `Results for “${listing.q}”`;
  }
  return category?.name ?? "All products";
}

function Listing() {
  const below = listing.q ? [] : (category?.children ?? []);
  return (
    <Layout>
      <Breadcrumbs
        trail={[
          { name: "Shop", href: "/" },
          ...way.slice(0, -1).map(({ name, slug }) => ({
            name,
            href: `/categories/${slug}`,
          })),
          { name: heading() },
        ]}
      />
      <h1 className="mt-3 mb-6 text-3xl wrap-anywhere sm:text-4xl">{heading()}</h1>
      {below.length > 0 && <Below categories={below} />}
      <div className="lg:grid lg:grid-cols-[15rem_1fr] lg:gap-12">
        <Sidebar />
        <section aria-label="Products">
          <div className="mb-5 flex flex-wrap items-center justify-between gap-3">
            <p className="text-muted" role="status">
              {amount()}
            </p>
            <SortSelect listing={listing} here={writeListing} />
          </div>
          {items.length > 0 ? <ProductGrid products={items} narrow /> : <None />}
          <Pages />
        </section>
      </div>
    </Layout>
  );
}

function amount(): string {
  const { count = items.length, approximate = false } = page.products ?? {};
  const about = approximate ? "About " : "";
  return count === 1 ? "1 product" : `${about}${count.toLocaleString()} products`;
}

function Sidebar() {
  const count = filterCount(listing);
  const filters = (
    <Filters
      listing={listing}
      categories={page.categories}
      facets={page.products?.facets}
    />
  );
  return (
    <aside aria-label="Filters" className="mb-6">
      <details className="card px-4 lg:hidden">
        <summary className="flex min-h-12 items-center gap-2.5 font-medium">
          <FilterIcon className="size-5" />
          Filters{count > 0 && ` (${count})`}
        </summary>
        <div className="pt-2 pb-5">{filters}</div>
      </details>
      <div className="hidden lg:sticky lg:top-36 lg:block">{filters}</div>
    </aside>
  );
}

function Below({ categories }: { categories: readonly Category[] }) {
  return (
    <ul className="mb-7 flex flex-wrap gap-2">
      {categories.map(({ id, slug, name }) => (
        <li key={id}>
          <a
            href={`/categories/${slug}`}
            className="bg-surface hover:bg-border inline-flex min-h-10 items-center rounded-full px-4 text-[0.9375rem]"
          >
            {name}
          </a>
        </li>
      ))}
    </ul>
  );
}

function None() {
  return (
    <Empty title="Nothing found" picture="magnifier">
      <p>Try fewer words or filters.</p>
      <a href="/search" className="button button-plain">
        See everything
      </a>
    </Empty>
  );
}

// Pages have addresses; Back returns to the same place of the list.
function Pages() {
  const first = !new URLSearchParams(location.search).has("cursor");
  if (first && !next) {
    return null;
  }
  return (
    <nav aria-label="Pages" className="mt-12 flex justify-center gap-3">
      {!first && (
        <a href={writeListing(listing)} className="button button-plain">
          First page
        </a>
      )}
      {next && (
        <a href={writeListing(listing, next)} rel="next" className="button button-plain">
          Next page
        </a>
      )}
    </nav>
  );
}

start(page, <Listing />);

import { Layout } from "@/app/layout";
import { start } from "@/app/start";
import { CategoryTiles } from "@/features/catalog/category-tiles";
import { ProductGrid } from "@/features/catalog/product-grid";
import { readPage } from "@/lib/page";
import { sized } from "@/lib/sized";
import type { ProductList, ProductSummary } from "@/lib/types";
import { ArrowIcon } from "@/ui/icons";
import { Empty } from "@/ui/notice";

interface Data {
  products: ProductList;
  newest: ProductList;
}

const page = readPage<Data>();
const best = page.products?.items ?? [];
const newest = page.newest?.items ?? [];

function Home() {
  return (
    <Layout>
      <Hero />
      {page.categories.length > 0 && (
        <section aria-labelledby="categories" className="mt-12 sm:mt-16">
          <h2 id="categories" className="mb-5 text-2xl sm:text-3xl">
            Shop by category
          </h2>
          <CategoryTiles categories={page.categories} />
        </section>
      )}
      <Shelf id="best" title="Loved by customers" more="/search?sort=rating" products={best} />
      <Shelf id="new" title="New in" more="/search?sort=newest" products={newest} />
      {best.length + newest.length === 0 && (
        <Empty title="The shelves are being filled" picture="seedling">
          <p>There is nothing to buy here yet. Please come back soon.</p>
        </Empty>
      )}
    </Layout>
  );
}

function Hero() {
  const shown = [...newest, ...best]
    .filter((product) => product.in_stock && product.images[0])
    .slice(0, 3);
  return (
    <section className="bg-surface grid items-center gap-8 overflow-hidden rounded-[calc(var(--radius)*1.75)] p-7 sm:grid-cols-[1.1fr_1fr] sm:p-12 lg:p-16">
      <div>
        <h1 className="text-4xl sm:text-5xl lg:text-6xl">
          Good things, well chosen.
        </h1>
        <p className="text-muted mt-4 max-w-md text-lg">
          Everyday pieces from {page.store.name}: honest prices, delivery and
          tax in the total from the start.
        </p>
        <a href="/search" className="button button-primary mt-7">
          See everything
          <ArrowIcon className="size-5" />
        </a>
      </div>
      <ul className="hidden grid-cols-3 gap-3 sm:grid lg:gap-4" aria-hidden="true">
        {shown.map((product, n) => (
          <li key={product.id} className={["", "translate-y-6", "-translate-y-3"][n]}>
            <HeroPicture product={product} n={n} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function HeroPicture({ product, n }: { product: ProductSummary; n: number }) {
  return (
    <span className={`tint tint-${n + 1} grid aspect-[3/4] place-items-center rounded-base`}>
      <img
        src={product.images[0] && sized(product.images[0].url, 640)}
        alt=""
        width={256}
        height={256}
        className="w-[70%] drop-shadow-[0_16px_18px_rgb(0_0_0/0.18)]"
      />
    </span>
  );
}

interface ShelfProps {
  id: string;
  title: string;
  more: string;
  products: readonly ProductSummary[];
}

function Shelf({ id, title, more, products }: ShelfProps) {
  if (products.length === 0) {
    return null;
  }
  return (
    <section aria-labelledby={id} className="mt-14 sm:mt-20">
      <div className="mb-6 flex items-baseline justify-between gap-4">
        <h2 id={id} className="text-2xl sm:text-3xl">
          {title}
        </h2>
        <a href={more} className="link py-1 whitespace-nowrap">
          See all<span className="sr-only"> {title}</span>
        </a>
      </div>
      <ProductGrid products={products} />
    </section>
  );
}

start(page, <Home />);

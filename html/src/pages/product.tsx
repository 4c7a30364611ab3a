import { useState } from "react";
import { Layout } from "@/app/layout";
import { start } from "@/app/start";
import { AddButton } from "@/features/cart/add-button";
import { Gallery } from "@/features/catalog/gallery";
import { ProductFacts } from "@/features/catalog/product-facts";
import { ProductGrid } from "@/features/catalog/product-grid";
import { StockState } from "@/features/catalog/stock-state";
import { wayTo } from "@/features/catalog/tree";
import { VariantPicker } from "@/features/catalog/variant-picker";
import { firstChoice, variantOf } from "@/features/catalog/variants";
import { ReviewList } from "@/features/review/review-list";
import { readPage } from "@/lib/page";
import type { Product, ProductList, Review } from "@/lib/types";
import { Breadcrumbs } from "@/ui/breadcrumbs";
import { TruckIcon } from "@/ui/icons";
import { Failure } from "@/ui/notice";
import { Price } from "@/ui/price";
import { Stars } from "@/ui/stars";

interface Data {
  product: Product;
  reviews: { items: Review[] };
  similar: ProductList;
}

const page = readPage<Data>();

function ProductPage({ product }: { product: Product }) {
  const way = product.category
    ? wayTo(page.categories, product.category.slug)
    : [];
  const similar = (page.similar?.items ?? []).filter(
    ({ id }) => id !== product.id,
  );
  return (
    <Layout>
      <Breadcrumbs
        trail={[
          { name: "Shop", href: "/" },
          ...way.map(({ name, slug }) => ({ name, href: `/categories/${slug}` })),
          { name: product.name },
        ]}
      />
      <div className="mt-4 grid gap-8 md:grid-cols-2 lg:gap-16">
        <Gallery product={product} />
        <div>
          <Buy product={product} />
          <div className="mt-10">
            <ProductFacts product={product} />
          </div>
        </div>
      </div>
      <div className="mt-16">
        <ReviewList rating={product.rating} reviews={page.reviews?.items ?? []} />
      </div>
      {similar.length > 0 && (
        <section aria-labelledby="similar" className="mt-16">
          <h2 id="similar" className="mb-6 text-2xl">
            You may also like
          </h2>
          <ProductGrid products={similar.slice(0, 4)} />
        </section>
      )}
    </Layout>
  );
}

function Buy({ product }: { product: Product }) {
  const [choice, setChoice] = useState(() => firstChoice(product));
  const variant = variantOf(product, choice);
  return (
    <section aria-label="Buy">
      <h1 className="text-3xl wrap-anywhere sm:text-4xl">{product.name}</h1>
      {product.rating.count > 0 && (
        <a href="#reviews" className="mt-2 inline-block py-1">
          <Stars rating={product.rating} />
        </a>
      )}
      <p className="mt-4" role="status">
        <Price
          large
          price={variant?.price ?? product.price}
          before={
            variant ? variant.compare_at_price : product.compare_at_price
          }
        />
      </p>
      {product.options.length > 0 && (
        <div className="mt-7">
          <VariantPicker product={product} choice={choice} change={setChoice} />
        </div>
      )}
      <div className="mt-7">
        <StockState variant={variant} />
      </div>
      <div className="mt-4">
        <AddButton
          key={variant?.id ?? "none"}
          variant={variant}
          inStock={(variant?.available ?? 0) > 0}
        />
      </div>
      <p className="text-muted mt-2 flex items-center gap-3 text-sm">
        <TruckIcon className="size-5 shrink-0" />
        Delivery and tax are in the cart's total, before you check out.
      </p>
    </section>
  );
}

start(
  page,
  page.product ? (
    <ProductPage product={page.product} />
  ) : (
    <Layout>
      <Failure
        title="This product can't be shown right now"
        detail="Something went wrong on our side."
        retry={() => location.reload()}
      />
    </Layout>
  ),
);

import type { ProductSummary } from "@/lib/types";
import { ProductCard } from "./product-card";

interface Props {
  products: readonly ProductSummary[];
  narrow?: boolean;
}

export function ProductGrid({ products, narrow = false }: Props) {
  const columns = narrow
    ? "grid-cols-2 md:grid-cols-3"
    : "grid-cols-2 sm:grid-cols-3 lg:grid-cols-4";
  return (
    <ul className={`grid ${columns} gap-x-4 gap-y-8 sm:gap-x-6 sm:gap-y-10`}>
      {products.map((product, n) => (
        <li key={product.id}>
          <ProductCard product={product} eager={n < 4} />
        </li>
      ))}
    </ul>
  );
}

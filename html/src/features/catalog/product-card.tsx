import { reduction } from "@/lib/money";
import type { ProductSummary } from "@/lib/types";
import { Picture } from "@/ui/picture";
import { Price } from "@/ui/price";
import { Stars } from "@/ui/stars";

interface Props {
  product: ProductSummary;
  eager?: boolean;
}

export function ProductCard({ product, eager = false }: Props) {
  const off = reduction(product.price, product.compare_at_price);
  return (
    <article className="group relative flex flex-col">
      <div className="relative">
        <Picture
          image={product.images[0] && { ...product.images[0], alt: "" }}
          seed={product.id}
          eager={eager}
          sizes="(min-width: 64rem) 16vw, (min-width: 40rem) 22vw, 33vw"
          inner="size-[66%] transition-transform duration-300 ease-out group-hover:scale-[1.06]"
          className={product.in_stock ? "" : "opacity-55"}
        />
        {product.in_stock && off !== null && <Badge sale>−{off}%</Badge>}
        {!product.in_stock && <Badge>Sold out</Badge>}
      </div>
      <h3 className="font-body mt-3 text-[0.9375rem] leading-snug font-medium tracking-normal wrap-anywhere">
        <a
          href={`/products/${product.slug}`}
          className="inline-block min-h-6 after:absolute after:inset-0 after:rounded-base"
        >
          {product.name}
        </a>
      </h3>
      <div className="mt-1">
        <Price price={product.price} before={product.compare_at_price} />
      </div>
      <Stars rating={product.rating} className="mt-1" />
    </article>
  );
}

function Badge({ children, sale = false }: {
  children: React.ReactNode;
  sale?: boolean;
}) {
  const colors = sale ? "bg-sale text-[var(--bg)]" : "bg-raised text-fg";
  return (
    <span
      className={`${colors} absolute top-2.5 left-2.5 rounded-full px-2.5 py-1 text-xs font-semibold tabular-nums`}
    >
      {children}
    </span>
  );
}

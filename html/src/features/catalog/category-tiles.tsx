import { sized } from "@/lib/sized";
import type { Category } from "@/lib/types";

interface Props {
  categories: readonly Category[];
}

export function CategoryTiles({ categories }: Props) {
  const wide = categories.length % 3 === 0 ? "" : "lg:grid-cols-4";
  return (
    <ul className={`grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-4 ${wide}`}>
      {categories.map((category, n) => (
        <li key={category.id}>
          <Tile category={category} tint={n % 6} />
        </li>
      ))}
    </ul>
  );
}

function Tile({ category, tint }: { category: Category; tint: number }) {
  return (
    <a
      href={`/categories/${category.slug}`}
      className={`tint tint-${tint} group flex h-full items-center gap-2 overflow-hidden rounded-base p-3 pl-3.5 sm:p-4 sm:pl-5`}
    >
      <span className="min-w-0 grow">
        <span className="block text-[0.9375rem] leading-tight font-semibold wrap-anywhere sm:text-base">
          {category.name}
        </span>
        {category.product_count !== undefined && (
          <span className="mt-1 hidden text-sm opacity-80 sm:block">
            {category.product_count} products
          </span>
        )}
      </span>
      {category.image && (
        <img
          src={sized(category.image, 160)}
          alt=""
          width={256}
          height={256}
          decoding="async"
          className="size-11 shrink-0 object-contain drop-shadow-[0_8px_10px_rgb(0_0_0/0.16)] transition-transform duration-300 group-hover:scale-108 sm:size-18"
        />
      )}
    </a>
  );
}

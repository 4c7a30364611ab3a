import { useState } from "react";
import { tintOf } from "@/lib/tint";
import type { Product } from "@/lib/types";
import { Picture } from "@/ui/picture";

export function Gallery({ product }: { product: Product }) {
  const [shown, show] = useState(0);
  const images = product.images;
  return (
    <div className="md:sticky md:top-36 md:self-start">
      <Picture
        image={images[shown] ?? images[0]}
        seed={product.id}
        eager
        className="w-full"
        inner="size-[58%]"
        sizes="(min-width: 48rem) 29vw, 58vw"
      />
      {images.length > 1 && (
        <ul className="mt-3 flex gap-3" aria-label="Pictures">
          {images.map((image, n) => (
            <li key={image.url}>
              <button
                type="button"
                aria-label={`Show picture ${n + 1}: ${image.alt}`}
                aria-pressed={n === shown}
                onClick={() => show(n)}
                className={`tint ${tintOf(product.id)} aria-pressed:ring-fg grid size-18 place-items-center rounded-base aria-pressed:ring-2`}
              >
                <img
                  src={image.url}
                  srcSet={image.srcset ?? undefined}
                  sizes={image.srcset ? "3rem" : undefined}
                  alt=""
                  width={256}
                  height={256}
                  className="size-12 object-contain"
                />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

import { tintOf } from "@/lib/tint";
import type { Image } from "@/lib/types";

interface Props {
  image: Image | null | undefined;
  seed: string;
  eager?: boolean;
  className?: string;
  inner?: string;
  sizes?: string;
}

export function Picture({
  image,
  seed,
  eager = false,
  className = "",
  inner = "size-[68%]",
  sizes = "8rem",
}: Props) {
  return (
    <span
      className={`tint ${tintOf(seed)} grid aspect-square place-items-center overflow-hidden rounded-base ${className}`}
    >
      {image && (
        <img
          src={image.url}
          srcSet={image.srcset ?? undefined}
          sizes={image.srcset ? sizes : undefined}
          alt={image.alt}
          width={256}
          height={256}
          loading={eager ? "eager" : "lazy"}
          fetchPriority={eager ? "high" : "auto"}
          decoding="async"
          className={`${inner} object-contain drop-shadow-[0_10px_14px_rgb(0_0_0/0.14)]`}
        />
      )}
    </span>
  );
}

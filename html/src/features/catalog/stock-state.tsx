import type { Variant } from "@/lib/types";

const FEW = 5;

export function StockState({ variant }: { variant: Variant | undefined }) {
  const available = variant?.available ?? 0;
  const [dot, text] =
    available === 0
      ? ["bg-muted", "Sold out"]
      : available <= FEW
        ? ["bg-sale", `Only ${available} left`]
        : ["bg-success", "In stock, ready to ship"];
  return (
    <p role="status" className="flex items-center gap-2.5 text-[0.9375rem]">
      <span className={`${dot} size-2.5 rounded-full`} aria-hidden="true" />
      {text}
    </p>
  );
}

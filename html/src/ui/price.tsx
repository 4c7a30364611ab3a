import { reduction } from "@/lib/money";
import { useMoney } from "@/lib/store-context";
import type { Money } from "@/lib/types";

interface Props {
  price: Money;
  before?: Money | null | undefined;
  large?: boolean;
}

export function Price({ price, before, large = false }: Props) {
  const money = useMoney();
  const off = reduction(price, before);
  const size = large ? "text-2xl" : "text-[0.9375rem]";
  if (off === null || !before) {
    return (
      <span className={`${size} font-semibold tabular-nums`}>
        {money(price)}
      </span>
    );
  }
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2">
      <span className={`${size} text-sale font-semibold tabular-nums`}>
        <span className="sr-only">Now </span>
        {money(price)}
      </span>
      <span className="text-muted text-sm tabular-nums">
        <span className="sr-only">, before </span>
        <s>{money(before)}</s>
      </span>
    </span>
  );
}

import type { Product } from "@/lib/types";
import { choose, reachOf, type Choice } from "./variants";

interface Props {
  product: Product;
  choice: Choice;
  change: (choice: Choice) => void;
}

export function VariantPicker({ product, choice, change }: Props) {
  return (
    <div className="space-y-5">
      {product.options.map((option) => (
        <fieldset key={option.name}>
          <legend className="mb-2 text-[0.9375rem]">
            <span className="font-semibold">{title(option.name)}</span>
            <span className="text-muted"> · {choice[option.name]}</span>
          </legend>
          <div className="flex flex-wrap gap-2">
            {option.values.map((value) => (
              <Value
                key={value}
                name={option.name}
                value={value}
                checked={choice[option.name] === value}
                reach={reachOf(product, choice, option.name, value)}
                pick={() =>
                  change(choose(product, choice, option.name, value))
                }
              />
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}

interface ValueProps {
  name: string;
  value: string;
  checked: boolean;
  reach: "there" | "sold" | "none";
  pick: () => void;
}

function Value({ name, value, checked, reach, pick }: ValueProps) {
  const state =
    reach === "there" ? "" : "text-muted border-dashed line-through";
  return (
    <label
      className={`border-control has-checked:border-fg has-checked:bg-fg has-checked:text-bg has-focus-visible:outline-ring relative grid min-h-11 min-w-12 place-items-center rounded-base border px-3.5 text-[0.9375rem] font-medium transition-colors has-focus-visible:outline-2 has-focus-visible:outline-offset-2 ${state}`}
    >
      <input
        type="radio"
        name={name}
        value={value}
        checked={checked}
        disabled={reach === "none"}
        onChange={pick}
        className="absolute inset-0 appearance-none opacity-0"
      />
      {value}
      {reach === "sold" && <span className="sr-only"> (sold out)</span>}
    </label>
  );
}

function title(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

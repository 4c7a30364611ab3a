import { useMoney } from "@/lib/store-context";
import type { ShippingOption } from "@/lib/types";

interface Props {
  options: readonly ShippingOption[];
  chosen: string;
  choose: (code: string) => void;
}

export function DeliveryOptions({ options, chosen, choose }: Props) {
  const money = useMoney();
  return (
    <fieldset>
      <legend className="font-heading mb-4 text-xl font-[650]">
        How should it come?
      </legend>
      <div className="grid gap-3">
        {options.map((option) => (
          <label
            key={option.code}
            className="border-control has-checked:border-fg has-checked:ring-fg has-focus-visible:outline-ring flex min-h-16 items-center gap-4 rounded-base border px-4 py-3 has-checked:ring-1 has-focus-visible:outline-2 has-focus-visible:outline-offset-2"
          >
            <input
              type="radio"
              name="method"
              value={option.code}
              checked={chosen === option.code}
              onChange={() => choose(option.code)}
              className="size-5"
            />
            <span className="grow">
              <span className="block font-medium">{option.name}</span>
              {days(option) && (
                <span className="text-muted block text-sm">{days(option)}</span>
              )}
            </span>
            <span className="font-semibold tabular-nums">
              {option.amount.amount === 0 ? "Free" : money(option.amount)}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function days({ estimated_days: given }: ShippingOption): string {
  if (given === null || given === undefined) {
    return "";
  }
  if (Array.isArray(given)) {
    return `${given.join(" to ")} days`;
  }
  return String(given) === "1" ? "1 day" : `${given} days`;
}

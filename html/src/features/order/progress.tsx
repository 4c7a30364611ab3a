import type { OrderStatus } from "@/lib/types";
import { CheckIcon } from "@/ui/icons";
import { progressOf, STEPS } from "./status";

export function Progress({ status }: { status: OrderStatus }) {
  const done = progressOf(status);
  return (
    <ol className="grid grid-cols-5" aria-label="Progress">
      {STEPS.map((step, n) => (
        <li
          key={step}
          aria-current={n === done - 1 ? "step" : undefined}
          className="relative text-center"
        >
          {n > 0 && (
            <span
              aria-hidden="true"
              className={`absolute top-3.5 right-1/2 h-0.5 w-full ${n < done ? "bg-success" : "bg-border"}`}
            />
          )}
          <span
            aria-hidden="true"
            className={`relative z-10 mx-auto grid size-7 place-items-center rounded-full transition-colors duration-500 ${
              n < done
                ? "bg-success text-bg"
                : "bg-surface border-border border-2"
            }`}
          >
            {n < done && <CheckIcon className="size-4" />}
          </span>
          <span
            className={`mt-2 block text-xs sm:text-sm ${n < done ? "font-semibold" : "text-muted"}`}
          >
            {step}
            {n < done && <span className="sr-only"> (done)</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}

import { MinusIcon, PlusIcon } from "./icons";

interface Props {
  value: number;
  max: number;
  label: string;
  busy?: boolean;
  change: (value: number) => void;
}

export function Stepper({ value, max, label, busy = false, change }: Props) {
  return (
    <div
      role="group"
      aria-label={label}
      className="border-control inline-flex items-center rounded-base border"
    >
      <button
        type="button"
        className="tap disabled:opacity-35"
        aria-label="One less"
        disabled={value <= 1 || busy}
        onClick={() => change(value - 1)}
      >
        <MinusIcon className="size-5" />
      </button>
      <output className="min-w-7 text-center font-semibold tabular-nums">
        {value}
      </output>
      <button
        type="button"
        className="tap disabled:opacity-35"
        aria-label="One more"
        disabled={value >= max || busy}
        onClick={() => change(value + 1)}
      >
        <PlusIcon className="size-5" />
      </button>
    </div>
  );
}

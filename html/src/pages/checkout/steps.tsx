const NAMES = ["Address", "Delivery and payment"];

export function Steps({ step }: { step: number }) {
  return (
    <ol className="text-muted flex gap-2 text-sm" aria-label="Steps">
      {NAMES.map((name, n) => (
        <li
          key={name}
          aria-current={step === n + 1 ? "step" : undefined}
          className="aria-[current]:text-fg flex items-center gap-2 aria-[current]:font-semibold"
        >
          {n > 0 && <span aria-hidden="true">→</span>}
          {n + 1}. {name}
        </li>
      ))}
    </ol>
  );
}

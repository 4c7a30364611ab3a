import { useEffect, useRef } from "react";
import type { Mistake } from "@/lib/mistakes";
import { AlertIcon } from "./icons";

interface Props {
  mistakes: readonly Mistake[];
  title?: string;
}

// Takes the focus whenever it says something new, as GOV.UK does it.
export function ErrorSummary({
  mistakes,
  title = "Please check your answers",
}: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (mistakes.length > 0) {
      box.current?.focus();
    }
  }, [mistakes]);
  if (mistakes.length === 0) {
    return null;
  }
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="border-danger text-fg mb-6 flex gap-3 rounded-base border-2 p-4"
    >
      <AlertIcon className="text-danger mt-0.5 size-6 shrink-0" />
      <div>
        <h2 className="text-lg">{title}</h2>
        <ul className="mt-1 space-y-1">
          {mistakes.map((mistake) => (
            <li key={mistake.text}>
              {mistake.field ? (
                <a className="link text-danger" href={`#${mistake.field}`}>
                  {mistake.text}
                </a>
              ) : (
                mistake.text
              )}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

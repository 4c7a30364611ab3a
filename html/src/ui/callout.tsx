import type { ReactNode } from "react";
import { AlertIcon, CheckIcon } from "./icons";

interface Props {
  tone?: "note" | "good";
  title: string;
  children?: ReactNode;
}

// Something to know or to do, ahead of the page's own matter.
export function Callout({ tone = "note", title, children }: Props) {
  return (
    <div className="border-border bg-surface mb-8 flex gap-3.5 rounded-base border p-4 sm:p-5">
      {tone === "good" ? (
        <CheckIcon className="text-success mt-0.5 size-6 shrink-0" />
      ) : (
        <AlertIcon className="text-accent mt-0.5 size-6 shrink-0" />
      )}
      <div className="min-w-0 grow">
        <p className="font-semibold">{title}</p>
        {children && <div className="text-muted mt-1 space-y-2">{children}</div>}
      </div>
    </div>
  );
}

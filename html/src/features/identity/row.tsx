import type { ReactNode } from "react";

interface Props {
  name: ReactNode;
  about?: ReactNode;
  icon?: ReactNode;
  children?: ReactNode;
}

// A line of a section of the account: what it is, and what can be done to it.
export function Row({ name, about, icon, children }: Props) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3 p-4 sm:px-5">
      {icon && <span className="text-muted shrink-0">{icon}</span>}
      <div className="min-w-44 grow basis-0">
        <p className="font-medium [overflow-wrap:anywhere]">{name}</p>
        {about && <p className="text-muted text-sm">{about}</p>}
      </div>
      {children && <div className="flex flex-wrap gap-2">{children}</div>}
    </div>
  );
}

// Lines below one another in one card.
export function Rows({ children }: { children: ReactNode }) {
  return <div className="card divide-border divide-y">{children}</div>;
}

interface ActionProps {
  label: string;
  of?: string;
  busy?: boolean;
  danger?: boolean;
  press: () => void;
}

export function Action({ label, of, busy = false, danger = false, press }: ActionProps) {
  return (
    <button
      type="button"
      className={`button min-h-11 px-4 py-2 text-[0.9375rem] ${danger ? "button-danger" : "button-plain"}`}
      disabled={busy}
      onClick={press}
    >
      {label}
      {of && <span className="sr-only"> {of}</span>}
    </button>
  );
}

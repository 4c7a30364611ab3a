import type { ReactNode } from "react";
import { Dialog } from "./dialog";

interface Props {
  title: string;
  action: string;
  busy: boolean;
  refusal: ReactNode;
  confirm: () => void;
  close: () => void;
  children: ReactNode;
}

// Asks before something is gone for good.
export function Confirm(props: Props) {
  const { title, action, busy, refusal, confirm, close, children } = props;
  return (
    <Dialog title={title} close={close}>
      <div className="text-muted space-y-3">{children}</div>
      <div className="mt-4 empty:hidden">{refusal}</div>
      <div className="mt-6 flex flex-wrap gap-3">
        <button
          type="button"
          className="button button-danger grow"
          disabled={busy}
          onClick={confirm}
        >
          {busy ? "One moment …" : action}
        </button>
        <button type="button" className="button button-plain grow" onClick={close}>
          Keep
        </button>
      </div>
    </Dialog>
  );
}

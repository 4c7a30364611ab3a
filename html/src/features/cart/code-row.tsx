import { problemOf } from "@/lib/api";

interface Props {
  title: string;
  what: string;
  text: string;
  wrong: string;
  error: Error | null;
  busy: boolean;
  remove: () => void;
}

// A coupon or gift card of the cart: what it does, or why it does nothing.
export function CodeRow(props: Props) {
  const { title, what, text, wrong, error, busy, remove } = props;
  return (
    <li className="flex items-start justify-between gap-3 text-sm" aria-busy={busy}>
      <div className="min-w-0 py-2 wrap-anywhere">
        <p className="font-medium">{title}</p>
        {text && <p className="text-muted">{text}</p>}
        {wrong && <p className="text-danger font-medium">{wrong}</p>}
        {error && (
          <p role="alert" className="text-danger font-medium">
            {problemOf(error).detail ?? problemOf(error).title}
          </p>
        )}
      </div>
      <button
        type="button"
        className="link text-muted hover:text-fg min-h-11 shrink-0 px-1"
        disabled={busy}
        onClick={remove}
      >
        Remove<span className="sr-only"> {what}</span>
      </button>
    </li>
  );
}

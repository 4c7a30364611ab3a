import type { Rating } from "@/lib/types";

const STAR =
  "m10 1.8 2.5 5.2 5.7.8-4.1 4 1 5.6-5.1-2.7-5.1 2.7 1-5.6-4.1-4 5.7-.8z";

interface Props {
  rating: Pick<Rating, "average" | "count">;
  className?: string;
}

export function Stars({ rating, className = "" }: Props) {
  if (rating.average === null || rating.count === 0) {
    return null;
  }
  const average = rating.average;
  const reviews = rating.count === 1 ? "1 review" : `${rating.count} reviews`;
  return (
    <span className={`inline-flex items-center gap-1.5 ${className}`}>
      <span
        className="inline-flex"
        role="img"
        aria-label={`${average.toFixed(1)} of 5 stars, ${reviews}`}
      >
        {[1, 2, 3, 4, 5].map((n) => (
          <Star key={n} part={Math.min(1, Math.max(0, average - n + 1))} />
        ))}
      </span>
      <span className="text-muted text-[0.8125rem]" aria-hidden="true">
        {average.toFixed(1)} ({rating.count})
      </span>
    </span>
  );
}

function Star({ part }: { part: number }) {
  const cut = 20 * (part >= 0.75 ? 1 : part >= 0.25 ? 0.5 : 0);
  return (
    <svg viewBox="0 0 20 20" className="size-4" aria-hidden="true">
      <path d={STAR} className="fill-border" />
      <svg viewBox={`0 0 ${cut || 1} 20`} width={cut} height="20">
        <path d={STAR} className="fill-[light-dark(#d98200,#f5b94a)]" />
      </svg>
    </svg>
  );
}

import { formatDate } from "@/lib/dates";
import { useLocale } from "@/lib/store-context";
import type { Rating, Review } from "@/lib/types";
import { Stars } from "@/ui/stars";

interface Props {
  rating: Rating;
  reviews: readonly Review[];
}

export function ReviewList({ rating, reviews }: Props) {
  const locale = useLocale();
  return (
    <section aria-labelledby="reviews">
      <div className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-1">
        <h2 id="reviews" tabIndex={-1} className="text-2xl">
          Reviews
        </h2>
        <Stars rating={rating} />
      </div>
      {reviews.length === 0 ? (
        <p className="text-muted">Nobody has reviewed this yet.</p>
      ) : (
        <ul className="grid gap-4 md:grid-cols-2 lg:grid-cols-3">
          {reviews.map((review) => (
            <li key={review.id} className="bg-surface rounded-base p-5 wrap-anywhere">
              <Stars rating={{ average: review.rating, count: 1 }} className="[&>span:last-child]:hidden" />
              {review.title && (
                <h3 className="font-body mt-2 font-semibold tracking-normal">
                  {review.title}
                </h3>
              )}
              <p className="mt-1.5 leading-relaxed">{review.body}</p>
              <p className="text-muted mt-3 text-sm">
                {review.author ? `${review.author} · ` : ""}
                {formatDate(review.created_at, locale)}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

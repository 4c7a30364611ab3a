import { formatMoment } from "@/lib/dates";
import { useLocale } from "@/lib/store-context";
import type { Order } from "@/lib/types";
import { eventName } from "./status";

export function Timeline({ order }: { order: Order }) {
  const locale = useLocale();
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline" className="mb-4 text-xl">
        What happened
      </h2>
      <ol className="border-border ml-1.5 space-y-5 border-l-2 pl-5">
        {order.timeline.map((entry) => (
          <li key={`${entry.at}${entry.event}`} className="relative">
            <span
              aria-hidden="true"
              className="bg-fg border-bg absolute top-1.5 -left-[1.75rem] size-3 rounded-full border-2"
            />
            <p className="font-medium">{eventName(entry.event)}</p>
            <p className="text-muted text-sm">
              <time dateTime={entry.at}>{formatMoment(entry.at, locale)}</time>
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

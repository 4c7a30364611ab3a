import type { Product } from "@/lib/types";

export function ProductFacts({ product }: { product: Product }) {
  const facts = Object.entries(product.attributes).filter(
    (fact): fact is [string, string | number | boolean] =>
      ["string", "number", "boolean"].includes(typeof fact[1]),
  );
  return (
    <div className="space-y-8">
      {product.description && (
        <section aria-labelledby="about">
          <h2 id="about" className="mb-3 text-xl">
            About it
          </h2>
          {product.description.split(/\n{2,}/).map((text) => (
            <p
              key={text}
              className="mb-3 max-w-prose leading-relaxed wrap-anywhere"
            >
              {text}
            </p>
          ))}
        </section>
      )}
      {facts.length > 0 && (
        <section aria-labelledby="details">
          <h2 id="details" className="mb-3 text-xl">
            Details
          </h2>
          <dl className="divide-border border-border divide-y border-y">
            {facts.map(([name, value]) => (
              <div key={name} className="grid grid-cols-[9rem_1fr] gap-4 py-2.5">
                <dt className="text-muted wrap-anywhere">{readable(name)}</dt>
                <dd className="wrap-anywhere">{typeof value === "boolean" ? yes(value) : value}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </div>
  );
}

function readable(name: string): string {
  const text = name.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function yes(value: boolean): string {
  return value ? "Yes" : "No";
}

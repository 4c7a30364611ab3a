import { usePage } from "@/lib/store-context";

export function Footer() {
  const { store, categories } = usePage();
  return (
    <footer className="bg-surface mt-auto">
      <div className="wrap text-muted flex flex-wrap items-start justify-between gap-8 py-10 text-sm">
        <p className="font-heading text-fg text-lg font-bold">{store.name}</p>
        <ul className="flex max-w-2xl flex-wrap gap-x-5">
          {categories.map((category) => (
            <li key={category.id}>
              <a
                href={`/categories/${category.slug}`}
                className="inline-block py-1.5 hover:underline"
              >
                {category.name}
              </a>
            </li>
          ))}
        </ul>
        <ul className="flex gap-x-5">
          <li>
            <a href="/account" className="inline-block py-1.5 hover:underline">
              Your orders
            </a>
          </li>
          <li>
            <a href="/docs/" className="inline-block py-1.5 hover:underline">
              API
            </a>
          </li>
        </ul>
      </div>
    </footer>
  );
}

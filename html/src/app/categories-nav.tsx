import { usePage } from "@/lib/store-context";

export function CategoriesNav() {
  const { categories } = usePage();
  if (categories.length === 0) {
    return null;
  }
  return (
    <nav aria-label="Categories" className="border-border border-t">
      <ul className="wrap flex gap-1 overflow-x-auto [scrollbar-width:none]">
        {categories.map((category) => (
          <li key={category.id}>
            <a
              href={`/categories/${category.slug}`}
              aria-current={
                location.pathname === `/categories/${category.slug}`
                  ? "page"
                  : undefined
              }
              className="text-muted hover:text-fg aria-[current]:text-fg aria-[current]:border-fg block border-b-2 border-transparent px-2.5 py-2.5 text-[0.9375rem] whitespace-nowrap first:pl-0"
            >
              {category.name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

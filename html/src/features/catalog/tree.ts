import type { Category } from "@/lib/types";

// The way from the root down to a category, itself last; none if unknown.
export function wayTo(
  tree: readonly Category[],
  slugOrId: string,
): Category[] {
  for (const category of tree) {
    if (category.slug === slugOrId || category.id === slugOrId) {
      return [category];
    }
    const below = wayTo(category.children ?? [], slugOrId);
    if (below.length > 0) {
      return [category, ...below];
    }
  }
  return [];
}

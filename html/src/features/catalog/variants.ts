import type { Product, Variant } from "@/lib/types";

// Which variant a choice of options means.

export type Choice = Record<string, string>;

export function variantOf(
  product: Pick<Product, "variants" | "options">,
  choice: Choice,
): Variant | undefined {
  return product.variants.find((variant) =>
    product.options.every(({ name }) => variant.options[name] === choice[name]),
  );
}

// What to show first: the cheapest piece that is there, else the first.
export function firstChoice(product: Pick<Product, "variants">): Choice {
  const there = product.variants.filter((variant) => variant.available > 0);
  const best = there.reduce<Variant | undefined>(
    (found, variant) =>
      !found || variant.price.amount < found.price.amount ? variant : found,
    undefined,
  );
  return { ...(best ?? product.variants[0])?.options };
}

/*
 * Choosing a value never leads into a dead end: if no variant has it together
 * with the rest of the choice, the rest moves to the variant that shares most
 * with it, one that is in stock before one that is not.
 */
export function choose(
  product: Pick<Product, "variants" | "options">,
  choice: Choice,
  name: string,
  value: string,
): Choice {
  const wanted = { ...choice, [name]: value };
  if (variantOf(product, wanted)) {
    return wanted;
  }
  let best: Variant | undefined;
  let bestScore = -1;
  for (const variant of product.variants) {
    if (variant.options[name] !== value) {
      continue;
    }
    const shared = product.options.filter(
      (option) => variant.options[option.name] === wanted[option.name],
    ).length;
    const score = shared * 2 + (variant.available > 0 ? 1 : 0);
    if (score > bestScore) {
      best = variant;
      bestScore = score;
    }
  }
  return best ? { ...best.options } : choice;
}

export type Reach = "there" | "sold" | "none";

// What choosing a value would lead to, for showing it before.
export function reachOf(
  product: Pick<Product, "variants" | "options">,
  choice: Choice,
  name: string,
  value: string,
): Reach {
  const exact = variantOf(product, { ...choice, [name]: value });
  if (exact) {
    return exact.available > 0 ? "there" : "sold";
  }
  return product.variants.some((variant) => variant.options[name] === value)
    ? "there"
    : "none";
}

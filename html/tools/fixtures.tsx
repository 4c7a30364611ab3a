import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import type { PageData } from "@/lib/page";
import { PageContext } from "@/lib/store-context";
import type { Cart, Product, Variant } from "@/lib/types";

export const eur = (amount: number) => ({ amount, currency: "EUR" });

export const page: PageData = {
  store: {
    id: "1",
    code: "main",
    name: "Harbour",
    theme: {},
    logo: null,
    currency: "EUR",
    currencies: ["EUR"],
    locales: ["en"],
    countries: ["DE", "FR"],
    tax_included: true,
    display_limit: 10,
    reservation_minutes: 15,
  },
  categories: [],
  user: null,
  cart: true,
};

export function show(content: ReactNode, data: Partial<PageData> = {}) {
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false }, mutations: { retry: false } },
  });
  return render(
    <QueryClientProvider client={client}>
      <PageContext.Provider value={{ ...page, ...data }}>
        {content}
      </PageContext.Provider>
    </QueryClientProvider>,
  );
}

export function variant(
  id: string,
  options: Record<string, string>,
  available: number,
  amount = 1000,
): Variant {
  return {
    id,
    sku: `SKU-${id}`,
    barcode: null,
    options,
    price: eur(amount),
    compare_at_price: null,
    available,
  };
}

export const shirt: Pick<Product, "variants" | "options"> = {
  options: [
    { name: "color", values: ["red", "blue"] },
    { name: "size", values: ["S", "M", "L"] },
  ],
  variants: [
    variant("1", { color: "red", size: "S" }, 0),
    variant("2", { color: "red", size: "M" }, 4, 1200),
    variant("3", { color: "blue", size: "M" }, 0),
    variant("4", { color: "blue", size: "L" }, 9, 1100),
  ],
};

export const cart: Cart = {
  id: "c",
  currency: "EUR",
  country: "DE",
  postal_code: null,
  items: [
    {
      item_id: "7",
      product_id: "7",
      variant_id: "7",
      sku: "TEA",
      name: "Teapot",
      options: {},
      image: null,
      quantity: 2,
      unit_price: eur(2500),
      line_total: eur(5000),
      available: 5,
    },
  ],
  subtotal: eur(5000),
  discounts: [],
  shipping: eur(490),
  shipping_method: "standard",
  tax: { total: eur(877), included: true, lines: [] },
  total: eur(5490),
  coupons: [],
  gift_cards: [],
  due: eur(5490),
  notices: [],
};

export function answer(body: unknown, status = 200): Response {
  const type = status >= 400 ? "application/problem+json" : "application/json";
  return new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": type },
  });
}

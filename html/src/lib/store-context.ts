import { createContext, useContext } from "react";
import { formatMoney } from "./money";
import type { PageData } from "./page";
import type { Money } from "./types";

export const PageContext = createContext<PageData | null>(null);

export function usePage(): PageData {
  const page = useContext(PageContext);
  if (!page) {
    throw new Error("outside of a page");
  }
  return page;
}

export function useLocale(): string {
  return usePage().store.locales[0] ?? "en";
}

export function useMoney(): (money: Money) => string {
  const locale = useLocale();
  return (money) => formatMoney(money, locale);
}

import {
  QueryClient,
  QueryClientProvider,
} from "@tanstack/react-query";
import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { problemOf } from "@/lib/api";
import type { PageData } from "@/lib/page";
import { PageContext } from "@/lib/store-context";
import { Boundary } from "./boundary";

// What the shop refused with a reason is not asked again.
function again(count: number, error: Error): boolean {
  const { status } = problemOf(error);
  return count < 2 && (status === 0 || status >= 500);
}

export function start(page: PageData, content: ReactNode): void {
  const client = new QueryClient({
    defaultOptions: {
      queries: { retry: again, staleTime: 10_000 },
      mutations: { retry: false },
    },
  });
  const root = document.getElementById("app");
  if (!root) {
    throw new Error("the template has no #app");
  }
  createRoot(root).render(
    <QueryClientProvider client={client}>
      <PageContext.Provider value={page}>
        <Boundary>{content}</Boundary>
      </PageContext.Provider>
    </QueryClientProvider>,
  );
}

import type { ReactNode } from "react";
import { readPage } from "@/lib/page";
import type { User } from "@/lib/types";
import { start } from "./start";

// A page for those who are signed in; the gateway sends others away, except
// where it has no data at all.
export function startMember(content: (account: User) => ReactNode): void {
  const page = readPage<{ account: User }>();
  if (page.account) {
    start(page, content(page.account));
  } else {
    const here = encodeURIComponent(location.pathname + location.search);
    location.replace(`/sign-in?next=${here}`);
  }
}

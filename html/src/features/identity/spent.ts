import { problemOf } from "@/lib/api";

// The token of a mailed link was used, is too old, or never was one.
export function isSpent(error: Error | null): boolean {
  const errors = error ? (problemOf(error).errors ?? []) : [];
  return errors.some(({ pointer }) => pointer === "/token");
}

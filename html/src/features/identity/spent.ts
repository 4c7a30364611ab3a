import { problemOf } from "@/lib/api";

// The token of a mailed link was used, is too old, or never was one.
export function isSpent(error: Error | null): boolean {
  if (!error) {
    return false;
  }
  const { status, errors = [] } = problemOf(error);
  return status === 404 || errors.some(({ pointer }) => pointer === "/token");
}

import type { ReactNode } from "react";
import { problemOf } from "@/lib/api";
import { AlertIcon } from "./icons";

interface Query<T> {
  data: T | undefined;
  error: Error | null;
  refetch: () => unknown;
}

interface Props<T> {
  query: Query<T>;
  what: string;
  rows?: number;
  children: (data: T) => ReactNode;
}

// The three states of what is asked for within a section of a page.
export function Loaded<T>({ query, what, rows = 1, children }: Props<T>) {
  const { data, error, refetch } = query;
  if (data !== undefined) {
    return <>{children(data)}</>;
  }
  if (error) {
    const problem = problemOf(error);
    return (
      <div role="alert" className="bg-surface flex flex-wrap items-center gap-x-4 gap-y-2 rounded-base p-4">
        <AlertIcon className="text-danger size-6 shrink-0" />
        <p className="min-w-48 grow basis-0">{problem.detail ?? problem.title}</p>
        <button type="button" className="link min-h-6" onClick={() => void refetch()}>
          Try again
        </button>
      </div>
    );
  }
  return (
    <div aria-busy="true" className="space-y-3">
      <span role="status" className="sr-only">
        Loading {what}
      </span>
      {Array.from({ length: rows }, (_, n) => (
        <div key={n} className="skeleton h-16" />
      ))}
    </div>
  );
}

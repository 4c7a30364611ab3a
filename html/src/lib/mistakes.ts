import type { Problem } from "./api";

// The fields of a form by the pointers of a problem ("/email", "/a/b").

export interface Mistake {
  field?: string;
  text: string;
}

export function mistakesOf(
  problem: Problem | null,
  names: Record<string, string>,
): Mistake[] {
  if (!problem) {
    return [];
  }
  const errors = problem.errors ?? [];
  if (errors.length === 0) {
    return [{ text: problem.detail ?? problem.title }];
  }
  return errors.map(({ pointer, detail }) => {
    const field = fieldOf(pointer ?? "");
    const name = names[field];
    return name ? { field, text: `${name}: ${detail}` } : { text: detail };
  });
}

function fieldOf(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf("/") + 1);
}

export function errorOf(
  mistakes: readonly Mistake[],
  field: string,
): string | undefined {
  return mistakes.find((mistake) => mistake.field === field)?.text;
}

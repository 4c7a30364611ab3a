import { useMemo } from "react";
import { problemOf } from "./api";
import { mistakesOf, type Mistake } from "./mistakes";

// What a form has to say of a refusal: by its code, or by its fields.
export function useMistakes(
  error: Error | null,
  names: Record<string, string>,
  known: Record<string, Mistake>,
): readonly Mistake[] {
  return useMemo(() => {
    if (!error) {
      return [];
    }
    const problem = problemOf(error);
    const mistake = known[problem.code];
    return mistake ? [mistake] : mistakesOf(problem, names);
  }, [error, names, known]);
}

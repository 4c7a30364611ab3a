import { useEffect } from "react";

// The field that comes with a step takes the focus, and again when it changes.
export function useFocus(id: string, again?: unknown): void {
  useEffect(() => {
    document.getElementById(id)?.focus();
  }, [id, again]);
}

import { cleanup } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// jsdom has the element, but not what it does
if (typeof window !== "undefined") {
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true;
    },
  });
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

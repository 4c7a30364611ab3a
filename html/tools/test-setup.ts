import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// a machine may stand still for a moment
configure({ asyncUtilTimeout: 10_000 });

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

import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { answer, cart, eur, show } from "../../../tools/fixtures";
import { CartView } from "./cart-view";

describe("the cart", () => {
  it("is empty without asking when there is no cookie", () => {
    const fetch = vi.fn();
    vi.stubGlobal("fetch", fetch);
    show(<CartView />, { cart: false });
    expect(screen.getByText("Your cart is empty")).toBeTruthy();
    expect(fetch).not.toHaveBeenCalled();
  });

  it("shows the delivered total and takes a new one from the shop", async () => {
    const fetch = vi.fn((_url: string, init: RequestInit) =>
      Promise.resolve(
        answer(
          init.method === "PATCH"
            ? {
                ...cart,
                items: [{ ...cart.items[0], quantity: 3, line_total: eur(7500) }],
                subtotal: eur(7500),
                total: eur(7500),
                shipping: eur(0),
              }
            : cart,
        ),
      ),
    );
    vi.stubGlobal("fetch", fetch);
    show(<CartView />);
    await screen.findByRole("link", { name: "Teapot" });
    expect(screen.getByText("€54.90")).toBeTruthy();
    fireEvent.click(screen.getByLabelText("One more"));
    await screen.findByText("Free");
    expect(fetch.mock.calls[1]?.[0]).toBe("/api/v1/cart/items/7");
    expect(fetch.mock.calls[1]?.[1].body).toBe('{"quantity":3}');
  });

  it("tells what happened to its lines", async () => {
    const changed = { item_id: "7", was: eur(2000), now: eur(2500) };
    const gone = { item_id: "8", name: "Lamp", was: eur(900), now: null };
    const fetch = vi.fn((_url: string, init: RequestInit) =>
      Promise.resolve(
        answer({
          ...cart,
          notices: init.method === "DELETE" ? [changed] : [changed, gone],
        }),
      ),
    );
    vi.stubGlobal("fetch", fetch);
    show(<CartView />);
    await screen.findByText(/instead of €20.00/);
    expect(screen.queryByRole("link", { name: /Check out/ })).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: /^Remove ?Lamp/ }));
    await screen.findByRole("link", { name: /Check out/ });
    expect(fetch.mock.calls[1]?.[0]).toBe("/api/v1/cart/remove/8");
    fireEvent.click(screen.getByRole("button", { name: "All right" }));
    await waitFor(() => {
      expect(fetch.mock.calls[2]?.[1].body).toBe('{"accept_prices":true}');
    });
  });

  it("keeps a refusal at its line", async () => {
    vi.stubGlobal("fetch", (_url: string, init: RequestInit) =>
      Promise.resolve(
        init.method === "DELETE"
          ? answer({ status: 503, code: "unavailable", title: "Later." }, 503)
          : answer(cart),
      ),
    );
    show(<CartView />);
    fireEvent.click(await screen.findByRole("button", { name: /^Remove/ }));
    await waitFor(() =>
      expect(screen.getByRole("alert").textContent).toBe("Later."),
    );
    expect(screen.getByRole("link", { name: "Teapot" })).toBeTruthy();
  });

  it("offers another try when it can't be read", async () => {
    let broken = true;
    vi.stubGlobal("fetch", () =>
      Promise.resolve(
        broken
          ? answer({ status: 503, code: "unavailable", title: "Later." }, 503)
          : answer(cart),
      ),
    );
    show(<CartView />);
    const retry = await screen.findByText("Try again");
    broken = false;
    fireEvent.click(retry);
    expect(await screen.findByRole("link", { name: "Teapot" })).toBeTruthy();
  });

  it("does not go on with more than there is", async () => {
    const line = { ...cart.items[0], available: 1 };
    vi.stubGlobal("fetch", () =>
      Promise.resolve(answer({ ...cart, items: [line] })),
    );
    show(<CartView />);
    expect(await screen.findByText("Only 1 left")).toBeTruthy();
    expect(screen.queryByText("Check out")).toBeNull();
  });
});

import { Layout } from "@/app/layout";
import { start } from "@/app/start";
import { CartView } from "@/features/cart/cart-view";
import { readPage } from "@/lib/page";

start(
  readPage(),
  <Layout>
    <h1 className="mb-2 text-3xl sm:text-4xl">Your cart</h1>
    <CartView />
  </Layout>,
);

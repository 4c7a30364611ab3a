import { Layout } from "@/app/layout";
import { start } from "@/app/start";
import { readPage } from "@/lib/page";
import { Checkout } from "./checkout/checkout";

start(
  readPage(),
  <Layout quiet>
    <Checkout />
  </Layout>,
);

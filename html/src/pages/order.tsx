import { Layout } from "@/app/layout";
import { start } from "@/app/start";
import { OrderView } from "@/features/order/order-view";
import { canPay } from "@/features/order/status";
import { SandboxPanel } from "@/features/payment/sandbox-panel";
import { readPage } from "@/lib/page";
import type { Order } from "@/lib/types";

const page = readPage<{ order: Order }>();
const id = decodeURIComponent(location.pathname.split("/")[2] ?? "");

start(
  page,
  <Layout>
    <OrderView
      id={id}
      known={page.order}
      payment={(order) =>
        canPay(order) && order.payment ? (
          <SandboxPanel key={order.status} payment={order.payment} />
        ) : null
      }
    />
  </Layout>,
);

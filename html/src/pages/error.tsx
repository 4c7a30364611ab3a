import { Layout } from "@/app/layout";
import { start } from "@/app/start";
import { readPage } from "@/lib/page";
import { Failure } from "@/ui/notice";

start(
  readPage(),
  <Layout>
    <h1 className="sr-only">Out of order</h1>
    <Failure
      title="We are back in a moment"
      detail="The shop can't be reached right now. Nothing of yours is lost."
      retry={() => location.reload()}
    />
  </Layout>,
);

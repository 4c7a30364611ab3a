import { Layout } from "@/app/layout";
import { start } from "@/app/start";
import { readPage } from "@/lib/page";
import { Empty } from "@/ui/notice";

start(
  readPage(),
  <Layout>
    <h1 className="sr-only">Not found</h1>
    <Empty title="This page is not there" picture="compass">
      <p>It may have moved, or the product is no longer sold.</p>
      <a href="/" className="button button-primary">
        To the shop
      </a>
    </Empty>
  </Layout>,
);

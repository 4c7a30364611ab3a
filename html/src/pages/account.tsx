import { Layout } from "@/app/layout";
import { start } from "@/app/start";
import { ProfileForm } from "@/features/identity/profile-form";
import { SignOutButton } from "@/features/identity/sign-out-button";
import { OrderList } from "@/features/order/order-list";
import { readPage } from "@/lib/page";
import type { User } from "@/lib/types";

const page = readPage<{ account: User }>();

function Account({ account }: { account: User }) {
  return (
    <Layout>
      <div className="mb-8 flex flex-wrap items-center justify-between gap-4">
        <h1 className="text-3xl sm:text-4xl">Hello, {account.name}</h1>
        <SignOutButton />
      </div>
      <div className="grid gap-12 lg:grid-cols-[1fr_22rem] lg:gap-16">
        <section aria-labelledby="orders">
          <h2 id="orders" className="mb-4 text-2xl">
            Your orders
          </h2>
          <OrderList />
        </section>
        <section aria-labelledby="profile">
          <h2 id="profile" className="mb-4 text-2xl">
            Your details
          </h2>
          <ProfileForm user={account} />
        </section>
      </div>
    </Layout>
  );
}

if (page.account) {
  start(page, <Account account={page.account} />);
} else {
  location.replace("/sign-in?next=/account");
}

import { AccountFrame } from "@/app/account-frame";
import { startMember } from "@/app/start-member";
import { ProfileForm } from "@/features/identity/profile-form";
import { SignOutButton } from "@/features/identity/sign-out-button";
import { UnverifiedHint } from "@/features/identity/unverified-hint";
import { OrderList } from "@/features/order/order-list";

startMember((account) => (
  <AccountFrame title={`Hello, ${account.name}`} action={<SignOutButton />}>
    <UnverifiedHint user={account} />
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
  </AccountFrame>
));

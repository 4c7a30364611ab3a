import { AccountFrame } from "@/app/account-frame";
import { startMember } from "@/app/start-member";
import { ConsentsSection } from "@/features/identity/consents-section";
import { DataSection } from "@/features/identity/data-section";
import { GrantsSection } from "@/features/identity/grants-section";

startMember(() => (
  <AccountFrame title="Your data">
    <div className="max-w-3xl space-y-12">
      <ConsentsSection />
      <GrantsSection />
      <DataSection />
    </div>
  </AccountFrame>
));

import { AccountFrame } from "@/app/account-frame";
import { startMember } from "@/app/start-member";
import { CredentialsSection } from "@/features/identity/credentials-section";
import { IdentitiesSection } from "@/features/identity/identities-section";
import { PasskeysSection } from "@/features/identity/passkeys-section";
import { SessionsSection } from "@/features/identity/sessions-section";
import { TotpSection } from "@/features/identity/totp-section";
import { UnverifiedHint } from "@/features/identity/unverified-hint";

startMember((account) => (
  <AccountFrame title="Sign-in and security">
    <div className="max-w-3xl space-y-12">
      <div>
        <UnverifiedHint user={account} />
        <CredentialsSection user={account} />
      </div>
      <TotpSection />
      <PasskeysSection />
      <IdentitiesSection />
      <SessionsSection />
    </div>
  </AccountFrame>
));

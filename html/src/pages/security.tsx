import { AccountFrame } from "@/app/account-frame";
import { startMember } from "@/app/start-member";
import { CredentialsSection } from "@/features/identity/credentials-section";
import { IdentitiesSection } from "@/features/identity/identities-section";
import { PasskeysSection } from "@/features/identity/passkeys-section";
import { SessionsSection } from "@/features/identity/sessions-section";
import { refusalOf } from "@/features/identity/sign-in-refusal";
import { TotpSection } from "@/features/identity/totp-section";
import { UnverifiedHint } from "@/features/identity/unverified-hint";
import { Callout } from "@/ui/callout";

// linking an outside account went wrong
const refused = refusalOf(location.search);

startMember((account) => (
  <AccountFrame title="Sign-in and security">
    <div className="max-w-3xl space-y-12">
      <div>
        {refused && <Callout title={refused} />}
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

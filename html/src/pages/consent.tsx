import { Narrow } from "@/app/narrow";
import { startMember } from "@/app/start-member";
import { OauthConsent } from "@/features/identity/oauth-consent";

const id = new URLSearchParams(location.search).get("request") ?? "";

startMember(() => (
  <Narrow>
    <OauthConsent id={id} />
  </Narrow>
));

// Why an outside sign-in came back with nothing done (?error=CODE).

const REASONS: Record<string, string> = {
  access_denied: "The sign-in was called off.",
  sign_in_expired: "That took too long. Please try again.",
  sign_in_first: "Sign in here first, then link the other account.",
  recent_sign_in: "Sign in again first, then link the other account.",
  provider_unavailable: "The other side can't be reached. Try again later.",
  unavailable: "That can't be done right now. Try again in a moment.",
  email_missing: "The other side didn't tell your e-mail, which we need.",
  link_required:
    "There is an account with your e-mail already. Sign in to it, then link the other one under Security.",
  linked_elsewhere: "That account is linked with another one of this shop.",
  identity_ended: "The other side says that this account is no more.",
  too_many: "That was tried too often. Wait a minute, then try again.",
  blocked: "This account is blocked. Please write to us.",
};

const OTHER = "That sign-in didn't work. Try again, or use your password.";

export function refusalOf(search: string): string | null {
  const code = new URLSearchParams(search).get("error");
  return code === null ? null : (REASONS[code] ?? OTHER);
}

// Why an outside sign-in came back without a session (/sign-in?error=CODE).

const REASONS: Record<string, string> = {
  access_denied: "The sign-in was called off.",
  email_taken:
    "There is an account with your e-mail already. Sign in to it, then link the other one on the page of its security.",
  email_unverified:
    "Your e-mail is not confirmed there yet. Confirm it, then try again.",
  account_blocked: "This account is blocked. Please write to us.",
  unavailable: "The other side can't be reached right now. Try again later.",
};

const OTHER = "That sign-in didn't work. Try again, or use your password.";

export function refusalOf(search: string): string | null {
  const code = new URLSearchParams(search).get("error");
  return code === null ? null : (REASONS[code] ?? OTHER);
}

import { passwordOf } from "@/lib/form";

const FIELD = "current_password";

// Who has none (but a passkey, or a sign-in elsewhere) leaves it empty.
export function currentPassword(given: FormData): { current_password?: string } {
  const password = passwordOf(given, FIELD);
  return password ? { [FIELD]: password } : {};
}

// How the shop says that the present password is another one.
export const WRONG_PASSWORD = {
  invalid_credentials: {
    field: FIELD,
    text: "This is not your present password.",
  },
};

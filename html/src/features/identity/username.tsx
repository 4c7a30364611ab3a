import { usePage } from "@/lib/store-context";

// Tells a password manager whose password a form is about.
export function Username() {
  const { user } = usePage();
  return (
    <input
      type="email"
      autoComplete="username"
      defaultValue={user?.email ?? ""}
      readOnly
      hidden
    />
  );
}

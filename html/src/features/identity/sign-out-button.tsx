import { useSignOut } from "./api/sign-out";

export function SignOutButton() {
  const signOut = useSignOut();
  return (
    <button
      type="button"
      className="button button-plain"
      disabled={signOut.isPending}
      onClick={() =>
        signOut.mutate(undefined, {
          onSettled: () => location.assign("/"),
        })
      }
    >
      Sign out
    </button>
  );
}

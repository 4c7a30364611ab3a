import { problemOf } from "@/lib/api";

const HERE = encodeURIComponent("/account/security");

// What the shop said; where it asks for a fresh sign-in, the way to one.
export function Refusal({ error }: { error: Error | null }) {
  if (!error) {
    return null;
  }
  const { code, title, detail } = problemOf(error);
  return (
    <p role="alert" className="text-danger font-medium">
      {detail ?? title}{" "}
      {code === "recent_sign_in_required" && (
        <a href={`/sign-in?next=${HERE}`} className="link">
          Sign in again
        </a>
      )}
    </p>
  );
}

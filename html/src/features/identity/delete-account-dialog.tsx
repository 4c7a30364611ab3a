import { useState, type SubmitEvent } from "react";
import { errorOf } from "@/lib/mistakes";
import { useMistakes } from "@/lib/use-mistakes";
import { Dialog } from "@/ui/dialog";
import { ErrorSummary } from "@/ui/error-summary";
import { PasswordField } from "@/ui/password-field";
import { useDeleteAccount } from "./api/delete-account";
import { currentPassword, WRONG_PASSWORD } from "./current-password";
import { Username } from "./username";

const NAMES = { current_password: "Password" };

export function DeleteAccountDialog({ close }: { close: () => void }) {
  const [sure, setSure] = useState(false);
  const remove = useDeleteAccount();
  const mistakes = useMistakes(remove.error, NAMES, WRONG_PASSWORD);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    remove.mutate(currentPassword(given), {
      onSuccess: () => location.replace("/"),
    });
  };
  return (
    <Dialog title="Delete your account?" close={close}>
      <form onSubmit={submit} noValidate className="space-y-5">
        <ErrorSummary mistakes={mistakes} title="Your account is still there" />
        <p className="text-muted">
          This can't be undone. Your orders stay with the shop, as the law asks
          for, but nobody can see any more that they were yours.
        </p>
        <Username />
        <PasswordField
          label="Your password"
          name="current_password"
          error={errorOf(mistakes, "current_password")}
        />
        <label className="flex items-start gap-3">
          <input
            type="checkbox"
            className="mt-0.5 size-6 shrink-0"
            checked={sure}
            onChange={(event) => setSure(event.currentTarget.checked)}
          />
          <span>I understand that my account and its data are erased.</span>
        </label>
        <button
          type="submit"
          className="button button-danger w-full"
          disabled={!sure || remove.isPending || remove.isSuccess}
        >
          {remove.isPending ? "One moment …" : "Delete the account for good"}
        </button>
      </form>
    </Dialog>
  );
}

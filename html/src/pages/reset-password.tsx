import { Narrow } from "@/app/narrow";
import { start } from "@/app/start";
import { DeadLink } from "@/features/identity/dead-link";
import { ResetPasswordForm } from "@/features/identity/reset-password-form";
import { takeToken } from "@/lib/fragment";
import { readPage } from "@/lib/page";

const token = takeToken();

start(
  readPage(),
  <Narrow title="A new password">
    {token ? (
      <ResetPasswordForm token={token} />
    ) : (
      <DeadLink href="/forgot-password" way="Ask for a new link" />
    )}
  </Narrow>,
);

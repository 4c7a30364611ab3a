import { Narrow } from "@/app/narrow";
import { start } from "@/app/start";
import { ForgotPasswordForm } from "@/features/identity/forgot-password-form";
import { readPage } from "@/lib/page";

start(
  readPage(),
  <Narrow title="Forgot your password?">
    <ForgotPasswordForm />
    <p className="text-muted mt-6">
      It came back to you?{" "}
      <a href="/sign-in" className="link text-fg">
        Sign in
      </a>
    </p>
  </Narrow>,
);

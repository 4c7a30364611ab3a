import { Narrow } from "@/app/narrow";
import { start } from "@/app/start";
import { ProviderButtons } from "@/features/identity/provider-buttons";
import { RegisterForm } from "@/features/identity/register-form";
import { nextAddress } from "@/lib/next";
import { readPage } from "@/lib/page";

start(
  readPage(),
  <Narrow title="Create an account">
    <RegisterForm />
    <div className="mt-3 space-y-3">
      <ProviderButtons
        verb="Go on with"
        next={nextAddress(location.search, "/account")}
      />
    </div>
    <p className="text-muted mt-6">
      You have one already?{" "}
      <a href={`/sign-in${location.search}`} className="link text-fg">
        Sign in
      </a>
    </p>
  </Narrow>,
);

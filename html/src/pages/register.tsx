import { Narrow } from "@/app/narrow";
import { start } from "@/app/start";
import { RegisterForm } from "@/features/identity/register-form";
import { readPage } from "@/lib/page";

start(
  readPage(),
  <Narrow title="Create an account">
    <RegisterForm />
    <p className="text-muted mt-6">
      You have one already?{" "}
      <a href={`/sign-in${location.search}`} className="link text-fg">
        Sign in
      </a>
    </p>
  </Narrow>,
);

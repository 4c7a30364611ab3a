import { Layout } from "@/app/layout";
import { start } from "@/app/start";
import { SignInForm } from "@/features/identity/sign-in-form";
import { readPage } from "@/lib/page";

start(
  readPage(),
  <Layout>
    <div className="mx-auto max-w-md py-6">
      <h1 className="mb-6 text-3xl">Sign in</h1>
      <SignInForm />
      <p className="text-muted mt-6">
        New here?{" "}
        <a href={`/register${location.search}`} className="link text-fg">
          Create an account
        </a>
      </p>
    </div>
  </Layout>,
);

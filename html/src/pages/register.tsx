import { Layout } from "@/app/layout";
import { start } from "@/app/start";
import { RegisterForm } from "@/features/identity/register-form";
import { readPage } from "@/lib/page";

start(
  readPage(),
  <Layout>
    <div className="mx-auto max-w-md py-6">
      <h1 className="mb-6 text-3xl">Create an account</h1>
      <RegisterForm />
      <p className="text-muted mt-6">
        You have one already?{" "}
        <a href={`/sign-in${location.search}`} className="link text-fg">
          Sign in
        </a>
      </p>
    </div>
  </Layout>,
);

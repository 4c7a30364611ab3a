import { Narrow } from "@/app/narrow";
import { start } from "@/app/start";
import { DeadLink } from "@/features/identity/dead-link";
import { Verification } from "@/features/identity/verification";
import { takeToken } from "@/lib/fragment";
import { readPage } from "@/lib/page";

const token = takeToken();

start(
  readPage(),
  <Narrow title="Your e-mail">
    {token ? (
      <Verification token={token} />
    ) : (
      <DeadLink href="/account" way="To your account" />
    )}
  </Narrow>,
);

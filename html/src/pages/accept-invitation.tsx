import { Narrow } from "@/app/narrow";
import { start } from "@/app/start";
import { DeadLink } from "@/features/identity/dead-link";
import { Invitation } from "@/features/identity/invitation";
import { takeToken } from "@/lib/fragment";
import { readPage } from "@/lib/page";

const page = readPage();
const token = takeToken();

start(
  page,
  <Narrow title={`Welcome to the team of ${page.store.name}`}>
    {token ? (
      <Invitation token={token} />
    ) : (
      <DeadLink href="/" way="To the shop" />
    )}
  </Narrow>,
);

import { AccountFrame } from "@/app/account-frame";
import { startMember } from "@/app/start-member";
import { AddressBook } from "@/features/identity/address-book";

startMember(() => (
  <AccountFrame title="Addresses">
    <AddressBook />
  </AccountFrame>
));

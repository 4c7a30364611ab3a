-- The kinds of hashes that accounts have: what a hash begins with, up to its
-- salt.  A wrong password is hashed in each of them (identity.credentials).

create index account_hash_kind on identity.account ((
    substring(password_hash from
        '^[$](?:2[aby][$]\d\d[$]|argon2id[$]v=\d+[$]m=\d+,t=\d+,p=\d+[$])')
    collate "C"));

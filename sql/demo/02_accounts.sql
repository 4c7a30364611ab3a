-- admin@, seller@ and customer@demo.test, all with "demo-password-1"
-- (argon2id, 19 MiB, 2 passes).

select identity.put_account(1, a.email, a.name,
    '$argon2id$v=19$m=19456,t=2,p=1$bmd4X3Nob3AgZGVtbyAwMQ$5NDo/T6X4crjp0MTtUxS18CKBxm/jeyLZMamK0HwBSM', a.roles)
from (values
    (1, 'admin@demo.test', 'Ada Demo', '{admin}'::text[]),
    (2, 'seller@demo.test', 'Selma Demo', '{customer,seller}'),
    (3, 'customer@demo.test', 'Carl Demo', '{customer}'))
    as a (n, email, name, roles)
order by a.n;

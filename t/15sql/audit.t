#!/usr/bin/perl

# The audit only grows; and somebody is always an administrator.

use Mojo::Base -signatures;

use DBI;
use ShopTest;

my $shop = shop;
my $db   = $shop->db;

sub refused ($sql, $like, $what) {
    $db->begin_work;
    my $done = eval { $db->do($sql); 1 };
    my $said = $@;
    $db->rollback;
    ok !$done, $what;
    return like $said, $like, 'and says why';
}

$db->do("select ops.record(1, null, 'test.done', 'test:audit', null, null)");

my @changes = (
    "update ops.audit set action = 'x'",
    "update ops.audit set action = 'x' where false",
    'delete from ops.audit', 'truncate ops.audit'
);

for my $sql (@changes) {
    refused($sql, qr/only grows/, "the owner: $sql");
}

for my $role (qw(shop_gateway shop_worker shop_reader)) {
    for my $sql (@changes,
        "insert into ops.audit (action, subject) values ('x', 'y')",
        'alter table ops.audit disable trigger all',
        'select ops.forget(gen_random_uuid(), array[]::text[])')
    {
        refused("set local role $role; $sql", qr/permission denied|must be owner/,
            "$role: $sql");
    }
    refused("set local role $role; set local shop.forgetting = 'on';
        update ops.audit set address = null", qr/permission denied/,
        "$role: with the setting of the one function that may");
}

# all of them but the last
my $keep = q{
    delete from identity.account_role where role = 'admin'
    and user_id <> (select user_id from identity.account_role
                    where role = 'admin' order by user_id limit 1);};

for my $sql (
    "delete from identity.account_role where role = 'admin'",
    "update identity.account_role set role = 'seller' where role = 'admin'",
    "update identity.account set blocked_at = now() where id in
        (select user_id from identity.account_role where role = 'admin')",
    "delete from identity.account where id in
        (select user_id from identity.account_role where role = 'admin')")
{
    refused("$keep $sql", qr/has to be an administrator/, "the last: $sql");
}

subtest 'two administrators who remove each other' => sub {
    $db->do("insert into identity.account (store_id, email, name)
        select 1, 'last-' || n || '-' || gen_random_uuid() || '\@example.test',
               'Last' from generate_series(1, 2) as n");
    my $two = $db->selectcol_arrayref("select id from identity.account
        where name = 'Last' order by created_at desc, email limit 2");
    my %chosen = $shop->chosen;
    my $other  = DBI->connect(
        "dbi:Pg:host=127.0.0.1;port=$chosen{port_pg};dbname=shop",
        'shop_admin', $chosen{pg_password},
        {RaiseError => 1, PrintError => 0, AutoCommit => 1});

    # the others step back for as long as this takes
    $db->begin_work;
    $db->do("insert into identity.account_role (user_id, role)
        select unnest(?::uuid[]), 'admin'", undef, $two);
    $db->do("delete from identity.account_role where role = 'admin'
        and user_id <> all (?::uuid[])", undef, $two);
    $db->do("delete from identity.account_role where role = 'admin'
        and user_id = ?", undef, $two->[0]);
    $other->do("set lock_timeout = '200ms'");
    ok !eval {
        $other->do("delete from identity.account_role where role = 'admin'
            and user_id = (select user_id from identity.account_role
                           where role = 'admin' limit 1)");
        1;
    }, 'the second one waits for the first';
    like $@, qr/lock timeout/, 'by a lock';
    $db->rollback;
    $db->do("delete from identity.account where name = 'Last'");
    $other->disconnect;
};

done_testing;

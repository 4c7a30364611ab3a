#!/usr/bin/perl

# scripts/migrate: once, in order, under a lock, never changed afterwards.

use Mojo::Base -signatures;

use Mojo::File qw(path tempdir);
use ShopTest;
use ShopTest::File qw(write_file);
use ShopTest::Postgres;

my $pg   = ShopTest::Postgres->new->start;
my $tree = tempdir;
$tree->child('scripts')->make_path;
path('scripts/migrate')->copy_to($tree->child('scripts'));
$tree->child('scripts/migrate')->chmod(0755);

sub source ($name, $text) {
    my $file = $tree->child("sql/$name");
    $file->dirname->make_path;
    return write_file($file, $text);
}

sub migrate (@args) {
    return system join ' ', map {"'$_'"} $tree->child('scripts/migrate'),
      @args, $pg->conninfo;
}

sub quietly (@args) {
    open my $keep, '>&', \*STDERR or die $!;
    my $file = $tree->child('stderr');
    open STDERR, '>', "$file" or die $!;
    my $rc = migrate(@args);
    open STDERR, '>&', $keep or die $!;
    return ($rc, $file->slurp);
}

path('sql/roles.sql')->copy_to($tree->child('sql')->make_path);
source('migrations/0001_one.sql', 'create schema a; create table a.t (n int);');
source('a/functions/f.sql',
    'create or replace function a.f() returns int language sql stable
     as $$ select 1 $$;');
source('a/grants.sql', 'grant execute on function a.f() to shop_reader;');

is migrate(), 0, 'an empty database';
is $pg->value('select a.f()'), 1;
is $pg->value("select string_agg(name, ' ' order by name) from ops.migration"),
  'a/functions/f.sql a/grants.sql migrations/0001_one.sql';

my $at = $pg->value('select max(applied_at) from ops.migration');
is migrate(), 0, 'again';
is $pg->value('select max(applied_at) from ops.migration'), $at,
  'nothing was done twice';

source('a/functions/f.sql',
    'create or replace function a.f() returns int language sql stable
     as $$ select 2 $$;');
source('migrations/0002_two.sql', 'insert into a.t values (1);');
is migrate(), 0, 'what is new';
is $pg->value('select a.f()'),              2;
is $pg->value('select count(*) from a.t'), 1;

subtest 'several at the same time' => sub {
    source('migrations/0003_three.sql',
        'insert into a.t select 3 from pg_sleep(0.2);');
    my @pids = map {
        my $pid = fork // die $!;
        if (!$pid) { exec $tree->child('scripts/migrate'), $pg->conninfo }
        $pid;
    } 1 .. 4;
    my $bad = 0;
    for my $pid (@pids) { waitpid $pid, 0; $bad++ if $? }
    is $bad, 0, 'all are content';
    is $pg->value('select count(*) from a.t where n = 3'), 1, 'done once';
};

subtest 'a migration that fails leaves nothing' => sub {
    source('migrations/0004_four.sql',
        'insert into a.t values (4); select 1 / 0;');
    my ($rc, $said) = quietly();
    ok $rc, 'told by its status';
    like $said, qr/0004_four\.sql:1: ERROR:  division by zero/, 'and where';
    is $pg->value('select count(*) from a.t where n = 4'), 0;
    source('migrations/0004_four.sql', 'insert into a.t values (4);');
    is migrate(), 0, 'until it is right';
};

subtest 'functions change together or not at all' => sub {
    source('a/functions/f.sql',
        'create or replace function a.f() returns int language sql stable
         as $$ select 3 $$;');
    source('a/functions/g.sql', 'create function a.g() returns nonsense;');
    my ($rc) = quietly();
    ok $rc;
    is $pg->value('select a.f()'), 2, 'the old ones stand';
    $tree->child('sql/a/functions/g.sql')->remove;
    is migrate(), 0;
    is $pg->value('select a.f()'), 3;
};

subtest 'what was applied is not changed' => sub {
    source('migrations/0002_two.sql', 'insert into a.t values (2);');
    my ($rc, $said) = quietly();
    ok $rc;
    like $said, qr/were changed or removed: migrations\/0002_two\.sql/;
    is $pg->value('select count(*) from a.t where n = 2'), 0;
};

$pg->stop;
done_testing;

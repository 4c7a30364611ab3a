#!/usr/bin/perl

# GET /audit: who did what, from where, by which request.

use Mojo::Base -signatures;

use ShopTest;

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
$t->ua->cookie_jar->ignore(sub {1});

my $user = $shop->register;
my $id   = $user->{user}{id};

sub audit (%query) {
    $t->get_ok('/api/v1/audit' => $admin => form => \%query)->status_is(200)
      ->header_is('Cache-Control' => 'no-store');
    return @{$t->value('/items')};
}

subtest 'who may read it' => sub {
    $t->get_ok('/api/v1/audit')->problem_is(401 => 'unauthenticated');
    $t->get_ok('/api/v1/audit' => $user->{headers})
      ->problem_is(403 => 'forbidden');
};

subtest 'sign-ins and failures' => sub {
    my $request = 'audit-' . unique_id();
    $t->post_ok('/api/v1/auth/login' => {'X-Request-Id' => $request} => json =>
          {email => $user->{email}, password => $user->{password}})
      ->status_is(200);
    $t->post_ok('/api/v1/auth/login' =>
          {'X-Request-Id' => "$request-bad"} => json =>
          {email => $user->{email}, password => 'not-the-password'})
      ->status_is(401);

    my @rows = audit(subject => "user:$id");
    is_deeply [map { $_->{action} } @rows],
      [qw(session.refused session.opened user.registered)], 'newest first';
    is $rows[0]{request_id}, "$request-bad", 'the request';
    is $rows[0]{address},    '127.0.0.1',    'the address';
    is $rows[0]{actor},      undef,          'nobody, when refused';
    is $rows[1]{request_id}, $request,       'of the sign-in';
    is $rows[1]{actor},      $id,            'its actor';
    is $rows[1]{actor_email}, $user->{email}, 'by name';
    like $rows[1]{at}, qr/^\d{4}-\d\d-\d\dT[\d:.]+Z$/, 'the time';
    unlike $t->tx->res->body, qr/not-the-password/, 'no secret in it';
};

subtest 'what was changed' => sub {
    $t->patch_ok("/api/v1/users/$id" => $admin => json =>
          {roles => ['customer', 'seller']})->status_is(200);
    my ($row) = audit(subject => "user:$id", action => 'user.roles_changed');
    is_deeply $row->{before}, {roles => ['customer']}, 'before';
    is_deeply $row->{after}, {roles => [qw(customer seller)]}, 'and after';
    isnt $row->{actor}, $id, 'by the administrator';
};

subtest 'filters and pages' => sub {
    my @mine = audit(actor => $id);
    ok @mine, 'of an actor';
    is_deeply [grep { $_->{actor} ne $id } @mine], [], 'of nobody else';
    my @of = audit(action => 'session.opened', limit => 3);
    is_deeply [grep { $_->{action} ne 'session.opened' } @of], [],
      'of an action';

    my $middle = $mine[-1]{at};
    is_deeply [map { $_->{id} } audit(actor => $id, to => $middle)], [],
      'before it happened';
    is_deeply [map { $_->{id} } audit(actor => $id, from => $middle)],
      [map { $_->{id} } @mine], 'and since';

    my @all = audit(subject => "user:$id", limit => 100);
    my @pages;
    my %more;
    while (@pages < @all) {
        my @page = audit(subject => "user:$id", limit => 1, %more);
        push @pages, @page;
        my $next = $t->value('/next_cursor') // last;
        %more = (cursor => $next);
    }
    is_deeply [map { $_->{id} } @pages], [map { $_->{id} } @all],
      'page by page';
    is $t->value('/next_cursor'), undef, 'to the end';

    $t->get_ok('/api/v1/audit?actor=x&from=y&limit=0&no=1' => $admin)
      ->problem_is(422 => 'invalid_input');
    is @{$t->value('/errors')}, 4, 'all that is bad';
    $t->get_ok('/api/v1/audit?cursor=%25' => $admin)
      ->problem_is(422 => 'invalid_input');
};

done_testing;

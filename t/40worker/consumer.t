#!/usr/bin/perl

# What comes from Kafka and is no event, or one that cannot be handled, is put
# aside in shop.dead and holds up nobody.

use Mojo::Base -signatures;

use lib 't/lib';

use Mojo::JSON qw(encode_json);

use ShopTest;

my $shop = shop;

sub produce ($topic, $key, @values) {
    my %env = $shop->env;
    open my $kcat, '|-', 'kcat', '-P', '-b', $env{KAFKA_BROKERS}, '-t',
      $topic, '-k', $key or die "kcat: $!";
    print {$kcat} "$_\n" for @values;
    close $kcat or die "kcat: $?";
    return;
}

sub event ($type, $key, $data, %more) {
    return {
        specversion => '1.0',
        id          => $shop->sql('select gen_random_uuid()'),
        source      => '/stores/1',
        type        => $type,
        subject     => $key,
        data        => $data,
        %more
    };
}

# dead letters of a group that hold a text
sub dead ($group, $text) {
    return grep {
        $_->{type} eq 'event.dead'
          && $_->{data}{source} =~ /^\Q$group\E /
          && index($_->{data}{value}, $text) >= 0
    } $shop->events('shop.dead');
}

my $key = unique_id();

# an account whose mail is to come although it stands among what is bad
my $user = $shop->register;
ok wait_for(sub { $shop->mails($user->{email}) }, 30, 'the mail'), 'welcome';
my $good = event('user.registered', $key, {id => $user->{user}{id}});

produce('shop.users', $key,
    "no JSON $key",
    "{\"id\":\"$key\",\"id\":\"twice\"}",
    encode_json({type => 'user.registered', id => $key}),
    encode_json(event('user.registered', $key, {id => "none $key"})),
    encode_json(event('user.waved',      $key, {id => "waved $key"})),
    encode_json($good),
    encode_json($good),
    encode_json(event('user.registered', $key,
        {id => $shop->sql('select gen_random_uuid()'), gone => $key})),
    encode_json(event('user.registered', $key, {id => "last $key"})));

my %reason = (
    "no JSON $key" => 'not a CloudEvents envelope',
    'twice'        => 'not a CloudEvents envelope',
    "none $key"    => 'refused by the handler',
    "last $key"    => 'refused by the handler',
);
for my $text (sort keys %reason) {
    my ($dead) = @{wait_for(sub {
        my @dead = grep { index($_->{data}{value}, $key) >= 0 }
          dead('shop.notification', $text);
        return @dead ? \@dead : undef;
    }, 30, "the dead letter of $text") || []};
    is $dead->{data}{reason}, $reason{$text}, "put aside: $text";
    like $dead->{data}{source}, qr{^shop\.notification shop\.users/\d+/\d+$},
      '... with its place';
}

is dead('shop.notification', "waved $key"), 0,
  'a type that nobody knows is no fault';
is dead('shop.notification', "\"gone\":\"$key\""), 0,
  'an account that is gone is no fault';
ok wait_for(sub { $shop->mails($user->{email}) == 2 }, 15, 'the mail'),
  'what stood between is handled';
is $shop->sql('select count(*) from notification.delivery where event_id = ?',
    $good->{id}), 1, '... once';
ok wait_for(sub { dead('shop.notification', $key) >= 5 }, 15, 'all'),
  'nothing else is put aside';
is dead('shop.notification', $key), 5, 'five in all';
ok !$shop->logs->{worker}->grep(qr/\Q$key\E/), 'no log has what events say';

done_testing;

package ShopTest::Issuer;
use Mojo::Base -base, -signatures;

# An OpenID issuer whose every word a test chooses: a process of its own, on
# loopback.  It answers code flows with what "set" was told, and counts what it
# was asked.
#
#   my $issuer = ShopTest::Issuer->new->start;
#   my $token  = $issuer->sign({sub => 'x', ...}, alg => 'RS256', kid => 'k1');
#   $issuer->set(id_token => $token);

use Crypt::PK::ECC;
use Crypt::PK::Ed25519;
use Crypt::PK::RSA;
use IO::Socket::INET;
use Mojo::File qw(tempdir);
use Mojo::IOLoop;
use Mojo::JSON qw(decode_json encode_json);
use Mojo::Server::Daemon;
use Mojo::Util qw(b64_encode);
use Mojolicious;

use ShopTest::File qw(write_file);

has 'port';
has 'pid';
has dir  => sub { my $dir = tempdir; chmod 0755, $dir; $dir };
has keys => sub { {} };
has tls  => undef;    # {cert => FILE, key => FILE}

sub start ($self) {
    require ShopTest::Stack;
    $self->port(ShopTest::Stack::free_port()) unless $self->port;
    $self->add_key('k1', 'RS256') unless %{$self->keys};
    $self->publish;
    my $pid = fork // die "fork: $!";
    $self->serve if !$pid;
    $self->pid($pid);
    ShopTest::wait_for(
        sub { IO::Socket::INET->new('127.0.0.1:' . $self->port) },
        10, 'the issuer to listen');
    return $self;
}

sub stop ($self) {
    return unless $self->pid;
    kill 'KILL', $self->pid;
    waitpid $self->pid, 0;
    $self->pid(undef);
    return;
}

sub DESTROY ($self) { local $?; $self->stop; return }

sub url ($self) {
    return ($self->tls ? 'https' : 'http') . '://127.0.0.1:' . $self->port;
}

# --- keys -----------------------------------------------------------------

sub add_key ($self, $kid, $alg) {
    my $key;
    if ($alg eq 'RS256') {
        $key = Crypt::PK::RSA->new;
        $key->generate_key(256);
    }
    elsif ($alg eq 'ES256') {
        $key = Crypt::PK::ECC->new;
        $key->generate_key('secp256r1');
    }
    else {
        $key = Crypt::PK::Ed25519->new;
        $key->generate_key;
    }
    $self->keys->{$kid} = {alg => $alg, key => $key};
    return $self;
}

sub jwk ($self, $kid) {
    my $of = $self->keys->{$kid};
    return {%{$of->{key}->export_key_jwk('public', 1)},
        kid => $kid, use => 'sig', alg => $of->{alg}};
}

# the keys of its JWK Set, all by default, and more of the discovery document
sub publish ($self, %with) {
    my @kids = @{$with{kids} // [sort keys %{$self->keys}]};
    return $self->set(
        jwks => $with{jwks} // {keys => [map { $self->jwk($_) } @kids]},
        discovery => {
            issuer                 => $self->url,
            authorization_endpoint => $self->url . '/authorize',
            token_endpoint         => $self->url . '/token',
            userinfo_endpoint      => $self->url . '/userinfo',
            jwks_uri               => $self->url . '/jwks',
            %{$with{discovery} // {}}
        }
    );
}

# --- tokens ---------------------------------------------------------------

sub encode ($text) { return b64_encode($text, '') =~ tr{+/=}{-_}dr }

sub sign ($self, $claims, %with) {
    my $kid = delete $with{kid} // 'k1';
    my $of  = $self->keys->{delete $with{key} // $kid};
    my $sig = delete $with{sig};
    my %head = (alg => $of->{alg}, kid => $kid, typ => 'JWT', %with);
    delete $head{$_} for grep { !defined $head{$_} } keys %head;
    my $text = join '.', encode(encode_json(\%head)),
      encode(ref $claims ? encode_json($claims) : $claims);
    return "$text." . ($sig // encode($self->signature($of, $text)));
}

sub signature ($self, $of, $text) {
    return $of->{key}->sign_message($text, 'SHA256', 'v1.5')
      if $of->{alg} eq 'RS256';
    return $of->{key}->sign_message_rfc7518($text, 'SHA256')
      if $of->{alg} eq 'ES256';
    return $of->{key}->sign_message($text);
}

# --- what it answers ------------------------------------------------------

# kept in files, so that both processes see them
sub set ($self, %values) {
    for my $name (keys %values) {
        my $value = $values{$name};
        write_file($self->dir->child($name),
            ref $value ? encode_json($value) : $value // '');
    }
    return $self;
}

sub get ($self, $name) {
    my $file = $self->dir->child($name);
    return -e $file ? $file->slurp : undef;
}

# what was asked of an address so far, decoded
sub asked ($self, $name) {
    my $file = $self->dir->child("asked-$name");
    return -e $file ? map { decode_json($_) } split /\n/, $file->slurp : ();
}

sub serve ($self) {
    local $SIG{TERM} = 'DEFAULT';
    local $SIG{INT}  = 'DEFAULT';
    Mojo::IOLoop->reset;
    my $app = Mojolicious->new(secrets => ['none']);
    $app->log->level('fatal');
    $app->routes->any('/*what' => {what => ''} => sub ($c) {
        $self->answer($c);
    });
    my $listen = 'http://127.0.0.1:' . $self->port;
    if (my $tls = $self->tls) {
        $listen = 'https://127.0.0.1:' . $self->port
          . "?cert=$tls->{cert}&key=$tls->{key}";
    }
    Mojo::Server::Daemon->new(app => $app, listen => [$listen], silent => 1)
      ->run;
    require POSIX;
    POSIX::_exit(0);
}

my %FILES = (
    '.well-known/openid-configuration' => 'discovery',
    jwks     => 'jwks',
    token    => 'token',
    userinfo => 'userinfo',
);

sub answer ($self, $c) {
    my $name = $FILES{$c->stash('what')}
      or return $c->render(text => 'no', status => 404);
    open my $fh, '>>', $self->dir->child("asked-$name") or die $!;
    say {$fh} encode_json({
        method        => $c->req->method,
        authorization => $c->req->headers->authorization,
        headers       => $c->req->headers->to_hash,
        form          => $c->req->params->to_hash,
    });
    close $fh;

    my $how = decode_json($self->get("how-$name") || '{}');
    if ($how->{hang}) {
        $c->render_later;
        Mojo::IOLoop->timer($how->{hang} => sub { $c->tx });
        return;
    }
    my $text = $self->get($name);
    if ($name eq 'token' && !$text) {
        $text = encode_json({token_type => 'Bearer', expires_in => 60,
            access_token => 'opaque', id_token => $self->get('id_token')});
    }
    $c->res->headers->content_type('application/json');
    return $c->render(data => $text // '', status => $how->{status} // 200);
}

1;

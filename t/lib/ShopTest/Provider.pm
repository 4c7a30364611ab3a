package ShopTest::Provider;
use Mojo::Base -base, -signatures;

# A real OpenID provider: oidc-provider of npm, in t/lib/provider.
#
#   my $provider = ShopTest::Provider->new(redirects => [...])->start;
#   my $url = $provider->walk($authorize_url, 'ada');   # logs in, consents

use Mojo::File qw(path);
use Mojo::URL;
use Mojo::UserAgent;

has client    => 'shop-client';
has secret    => 'a-secret-of-the-provider';
has redirects => sub { [] };
has 'port';
has 'pid';
has 'out';

sub url ($self) { return 'http://127.0.0.1:' . $self->port }

sub start ($self) {
    $self->port(ShopTest::Stack::free_port()) unless $self->port;
    my $root = ShopTest::root();
    my $pid  = open my $out, '-|', 'bash', '-c', <<'SHELL', 'provider', $root,
set -e
root=$1
shift
. "$root/scripts/lib/node.sh"
node_22
dir=$root/build/provider
mkdir -p "$dir"
exec 9>"$dir/.lock"
flock 9
cp "$root"/t/lib/provider/{package.json,package-lock.json,.npmrc} "$dir"
stamp=$(cksum "$dir/package-lock.json")
if [ "$stamp" != "$(cat "$dir/.installed" 2>/dev/null)" ]; then
    npm --prefix "$dir" install --no-save --loglevel=error >&2
    printf '%s\n' "$stamp" >"$dir/.installed"
fi
cp "$root/t/lib/provider/provider.mjs" "$dir"
exec 9>&-
exec node "$dir/provider.mjs" "$@" 2>"$dir/log"
SHELL
      $self->port, $self->client, $self->secret, @{$self->redirects};
    die "provider: $!" unless $pid;
    $self->pid($pid)->out($out);
    my $line = <$out> // '';
    die "the provider did not start, see build/provider/log\n"
      if $line ne "ready\n";
    return $self;
}

# another key; the old one is forgotten
sub rotate ($self) {
    kill 'HUP', $self->pid;
    my $out = $self->out;
    return scalar <$out>;
}

# As a browser that was sent to the provider: signs in as $name, consents, and
# is sent back: the address, which nobody asked for yet.
sub walk ($self, $address, $name) {
    my $ua = Mojo::UserAgent->new(max_redirects => 0);
    my %jar;

    # Mojo's own takes no cookie for another path than that of the answer
    $ua->cookie_jar->ignore(sub {1});
    my $ask = sub ($method, $url, @rest) {
        my $tx = $ua->build_tx($method => $url => {
            Cookie => join '; ', map {"$_=$jar{$_}"} sort keys %jar
        } => @rest);
        $tx = $ua->start($tx);
        for my $cookie (@{$tx->res->cookies}) {
            $jar{$cookie->name} = $cookie->value;
            delete $jar{$cookie->name} if !length $cookie->value;
        }
        return $tx;
    };

    my $tx = $ask->(GET => $address);
    for (1 .. 10) {
        my $to = $tx->res->headers->location;
        if (!defined $to) {
            my $form = $tx->res->dom->at('form')
              or die 'the provider says: ' . $tx->res->body;
            my $prompt = $form->at('[name=prompt]')->attr('value');
            my $action = Mojo::URL->new($form->attr('action'));
            $tx = $ask->(POST => $action->to_abs($tx->req->url) => form =>
                  {prompt => $prompt, login => $name, password => 'x'});
            next;
        }
        my $url = Mojo::URL->new($to)->to_abs($tx->req->url);
        return $url
          if $url->host_port ne Mojo::URL->new($self->url)->host_port;
        $tx = $ask->(GET => $url);
    }
    die 'the provider goes round in circles';
}

sub stop ($self) {
    return unless $self->pid;
    kill 'TERM', $self->pid;
    close $self->out;
    $self->pid(undef);
    return;
}

sub DESTROY ($self) { local $?; $self->stop; return }

1;

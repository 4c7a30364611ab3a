package ShopTest::Client;
use Mojo::Base 'Test::Mojo', -signatures;

use Time::HiRes qw(time);

# Test::Mojo for a server that runs: paths are relative to it.  Headers of an
# account go where Test::Mojo takes headers:
#
#   $t->post_ok('/api/v1/products' => $admin => json => {...})

has 'base';
has 'took';    # seconds of the last request

sub new ($class, $base) {
    my $self = $class->SUPER::new;
    $self->base($base);
    $self->ua->max_redirects(0)->insecure(1)->inactivity_timeout(60)
      ->request_timeout(60);
    return $self;
}

sub absolute ($self, $path) {
    return $path =~ m{^\w+://} ? $path : $self->base . $path;
}

sub _build_ok {
    my ($self, $method, $url, @rest) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $tx = $self->ua->build_tx($method, $self->absolute($url), @rest);
    my $began = time;
    $self->_request_ok($tx, $url);
    return $self->took(time - $began);
}

sub websocket_ok {
    my ($self, $url, @rest) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $absolute = $self->absolute($url) =~ s/^http/ws/r;
    my $tx       = $self->ua->build_websocket_tx($absolute, @rest);
    return $self->_request_ok($tx, $url);
}

# A request without an assertion: the response.
sub call ($self, $method, $url, @rest) {
    my $tx = $self->ua->build_tx($method, $self->absolute($url), @rest);
    return $self->ua->start($tx)->res;
}

# The answer is a problem with this status and code (RFC 9457).
sub problem_is ($self, $status, $code) {
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return $self->status_is($status)
      ->header_like('Content-Type' => qr{^application/problem\+json})
      ->json_is('/status' => $status)->json_is('/code' => $code);
}

# Trips as a test build tells them: "sql=1 redis=1".  A request that was held up
# found revocations too old to be believed perhaps, and asked the database.
sub trips_is ($self, $trips) {
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $more = $trips =~ s/sql=\K(\d+)/$1 + 1/er;
    $trips = $more if $self->took > 0.3
      && ($self->tx->res->headers->header('X-Shop-Trips') // '') eq $more;
    return $self->header_is('X-Shop-Trips' => $trips);
}

# The JSON of the last answer, or the part a pointer names.
sub value ($self, $pointer = '') {
    return $self->tx->res->json($pointer);
}

1;

package ShopTest::Oauth;
use Mojo::Base -base, -signatures;

# An OAuth client as the tests drive it: a browser that is signed in, and a
# program that has a code, tokens and perhaps a secret.

use Digest::SHA  qw(sha256);
use Mojo::URL    ();
use Mojo::Util   qw(b64_encode);
use Test::More   ();

has 'stack';
has t      => sub ($self) { my $t = $self->stack->t;
    $t->ua->cookie_jar->ignore(sub {1}); $t };
has 'id';
has 'secret';
has redirect => 'https://app.example/back';
has scope    => 'openid orders:read';

# base64url
sub encode ($bytes) { return b64_encode($bytes, '') =~ tr{+/=}{-_}dr }

sub random { return encode(join '', map { chr int rand 256 } 1 .. 32) }

sub challenge ($verifier) { return encode(sha256($verifier)) }

# registers the client: (stack => shop, type => ..., scopes => [...], ...)
sub register ($class, %with) {
    my $stack = delete $with{stack};
    my $self  = $class->new(stack => $stack);
    my $staff = delete $with{staff} // $stack->admin;
    my %client = (
        name          => 'Test app',
        type          => 'confidential',
        grant_types   => [qw(authorization_code refresh_token)],
        redirect_uris => [$self->redirect],
        scopes        => [split / /, $self->scope],
        %with
    );
    my $res = $self->t->call(
        POST => '/api/v1/oauth-clients' => $staff => json => \%client);
    die 'client: ' . $res->code . ' ' . $res->body unless $res->code == 201;
    $self->id($res->json('/id'))->secret($res->json('/client_secret'));
    $self->redirect($client{redirect_uris}[0])
      ->scope(join ' ', @{$client{scopes}});
    return $self;
}

# a browser with the cookies of an account
sub browser ($self, $account) {
    my $t = $self->stack->t;
    my $res = $t->call(
        POST => '/api/v1/auth/login' => {'Sec-Fetch-Site' => 'same-origin'} =>
          json => {email => $account->{email}, password => $account->{password}});
    die 'login: ' . $res->code . ' ' . $res->body unless $res->code == 200;
    return $t;
}

# what GET /oauth/authorize is asked, and its verifier
sub question ($self, %with) {
    my $verifier = delete $with{verifier} // random();
    my %form = (
        response_type         => 'code',
        client_id             => $self->id,
        redirect_uri          => $self->redirect,
        scope                 => $self->scope,
        state                 => random(),
        code_challenge        => challenge($verifier),
        code_challenge_method => 'S256',
        %with
    );
    delete $form{$_} for grep { !defined $form{$_} } keys %form;
    return (\%form, $verifier);
}

sub authorize ($self, $browser, $form) {
    return $browser->call(
        GET => Mojo::URL->new('/oauth/authorize')->query($form)->to_string);
}

# the parameters of an address that a browser was sent to
sub query ($self, $location) {
    return Mojo::URL->new($location)->query->to_hash;
}

# a code, whether the person has to be asked or not: (code, verifier, params)
sub code ($self, $browser, %with) {
    my ($form, $verifier) = $self->question(%with);
    my $res      = $self->authorize($browser, $form);
    my $location = $res->headers->location
      // die 'authorize: ' . $res->code . ' ' . $res->body;
    if ($location =~ m{^/consent\?request=([0-9a-f-]+)$}) {
        $res = $browser->call(
            POST => "/api/v1/oauth/requests/$1" =>
              {'Sec-Fetch-Site' => 'same-origin'} => json =>
              {approve => Mojo::JSON->true});
        $location = $res->json('/redirect_to')
          // die 'decide: ' . $res->code . ' ' . $res->body;
    }
    my $params = $self->query($location);
    return ($params->{code} // die("no code: $location"), $verifier, $params);
}

# POST of a form, the client as it was registered
sub post ($self, $path, %form) {
    my $headers = delete $form{headers} // {};
    %form = (client_id => $self->id, %form);
    %form = (client_secret => $self->secret, %form) if $self->secret;
    delete $form{$_} for grep { !defined $form{$_} } keys %form;
    return $self->t->call(POST => $path => $headers => form => \%form);
}

sub token ($self, %form) { return $self->post('/oauth/token', %form) }

sub exchange ($self, $code, $verifier, %with) {
    return $self->token(
        grant_type    => 'authorization_code',
        code          => $code,
        redirect_uri  => $self->redirect,
        code_verifier => $verifier,
        %with
    );
}

sub refresh ($self, $token, %with) {
    return $self->token(
        grant_type    => 'refresh_token',
        refresh_token => $token,
        %with
    );
}

# tokens of an account, as the answer's JSON
sub tokens ($self, $account, %with) {
    my ($code, $verifier) = $self->code($self->browser($account), %with);
    my $res = $self->exchange($code, $verifier);
    die 'token: ' . $res->code . ' ' . $res->body unless $res->code == 200;
    return $res->json;
}

sub bearer ($self, $tokens) {
    return {Authorization => "Bearer $tokens->{access_token}"};
}

# the status of a request with an access token
sub status ($self, $tokens, $path = '/api/v1/auth/validate-token') {
    return $self->t->call(GET => $path => $self->bearer($tokens))->code;
}

1;

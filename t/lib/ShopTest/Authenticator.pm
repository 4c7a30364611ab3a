package ShopTest::Authenticator;
use Mojo::Base -base, -signatures;

# A browser with an authenticator, in software: makes passkeys and signs in
# with them (WebAuthn Level 3).  What it does can be bent:
#
#   my $device = ShopTest::Authenticator->new(origin => 'http://localhost:8080');
#   my $credential = $device->make($options);
#   my $credential = $device->sign($options, flags => 0x01);
#
# alg: -7 ES256, -8 EdDSA, -257 RS256; fmt: none, packed (by itself).

use CBOR::XS ();
use Crypt::PK::ECC;
use Crypt::PK::Ed25519;
use Crypt::PK::RSA;
use Digest::SHA qw(sha256);
use Mojo::JSON  qw(encode_json);
use Mojo::Util  qw(b64_decode b64_encode);

has 'origin';
has alg    => -7;
has fmt    => 'none';
has count  => 0;
has aaguid => sub { "\0" x 16 };
has id     => sub { join '', map { chr int rand 256 } 1 .. 32 };
has user   => undef;
has key    => sub ($self) { $self->new_key };

my $UP = 0x01;
my $UV = 0x04;
my $AT = 0x40;

sub base64url ($bytes)  { return b64_encode($bytes, '') =~ tr{+/=}{-_}dr }
sub from_base64url ($t) { return b64_decode($t =~ tr{-_}{+/}r) }

sub new_key ($self) {
    my $key
      = $self->alg == -7  ? Crypt::PK::ECC->new
      : $self->alg == -8  ? Crypt::PK::Ed25519->new
      :                     Crypt::PK::RSA->new;
    $key->generate_key($self->alg == -7 ? 'secp256r1'
        : $self->alg == -8 ? () : (256, 65537));
    return $key;
}

# COSE_Key, with the members in CTAP's order
sub cose ($self, $key = $self->key) {
    my $int   = sub ($n) { CBOR::XS->new->encode($n) };
    my $bytes = sub ($b) { CBOR::XS->new->encode($b) };
    my @pairs;
    if ($self->alg == -7) {
        my $point = $key->export_key_raw('public');
        @pairs = (1 => $int->(2), 3 => $int->(-7), -1 => $int->(1),
            -2 => $bytes->(substr $point, 1, 32),
            -3 => $bytes->(substr $point, 33, 32));
    }
    elsif ($self->alg == -8) {
        @pairs = (1 => $int->(1), 3 => $int->(-8), -1 => $int->(6),
            -2 => $bytes->($key->export_key_raw('public')));
    }
    else {
        my $hash = $key->key2hash;
        @pairs = (1 => $int->(3), 3 => $int->(-257),
            -1 => $bytes->(pack 'H*', $hash->{N}),
            -2 => $bytes->("\1\0\1"));
    }
    my $text = chr 0xa0 + @pairs / 2;
    while (my ($name, $value) = splice @pairs, 0, 2) {
        $text .= $int->($name) . $value;
    }
    return $text;
}

sub signature ($self, $text, $key = $self->key) {
    return
        $self->alg == -7 ? $key->sign_message($text, 'SHA256')
      : $self->alg == -8 ? $key->sign_message($text)
      :                    $key->sign_message($text, 'SHA256', 'v1.5');
}

sub client_data ($self, $type, $options, $bend) {
    return $bend->{client} // encode_json(
        {
            type        => $bend->{type}      // $type,
            challenge   => $bend->{challenge} // $options->{challenge},
            origin      => $bend->{origin}    // $self->origin,
            crossOrigin => $bend->{cross} ? \1 : \0,
            %{$bend->{more} // {}}
        }
    );
}

sub head ($self, $rp, $flags, $bend) {
    return sha256($bend->{rp} // $rp)
      . pack('C N', $bend->{flags} // $flags, $bend->{count} // $self->count);
}

# RegistrationResponseJSON
sub make ($self, $options, %bend) {
    $self->user(from_base64url($options->{user}{id}));

    my $client = $self->client_data('webauthn.create', $options, \%bend);
    my $id     = $bend{id} // $self->id;
    my $data
      = $self->head($options->{rp}{id}, $UP | $UV | $AT, \%bend)
      . $self->aaguid
      . pack('n', length $id)
      . $id
      . ($bend{cose} // $self->cose)
      . ($bend{extensions} // '');
    $data = $bend{data}->($data) if $bend{data};

    my $fmt       = $bend{fmt} // $self->fmt;
    my $statement = $bend{statement} // (
        $fmt eq 'packed'
        ? {
            alg => $bend{alg} // $self->alg,
            sig => $self->signature($data . sha256($client),
                $bend{key} // $self->key)
          }
        : {}
    );
    my $object = "\xa3"
      . join '',
      map { CBOR::XS->new->text_keys->encode($_) }
      map { ref $_ ? $_ : CBOR::XS::as_text($_) }
      'fmt', $fmt, 'attStmt', $statement, 'authData';
    $object .= CBOR::XS->new->encode($data);
    $object = $bend{object}->($object) if $bend{object};

    return {
        id       => base64url($id),
        rawId    => base64url($id),
        type     => 'public-key',
        response => {
            clientDataJSON    => base64url($client),
            attestationObject => base64url($object),
            transports        => ['internal', 'hybrid'],
        },
        clientExtensionResults  => {credProps => {rk => \1}},
        authenticatorAttachment => 'platform',
    };
}

# AuthenticationResponseJSON
sub sign ($self, $options, %bend) {
    my $client = $self->client_data('webauthn.get', $options, \%bend);
    my $data
      = $self->head($options->{rpId}, $UP | $UV, \%bend)
      . ($bend{extensions} // '');
    my $id = $bend{id} // $self->id;

    return {
        id       => base64url($id),
        rawId    => base64url($id),
        type     => 'public-key',
        response => {
            clientDataJSON    => base64url($client),
            authenticatorData => base64url($bend{data} // $data),
            signature         => base64url(
                $self->signature(
                    $data . sha256($client), $bend{key} // $self->key
                )
            ),
            userHandle => base64url($bend{user} // $self->user),
        },
        clientExtensionResults => {},
    };
}

1;

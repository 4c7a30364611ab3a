package ShopTest::Totp;
use Mojo::Base -base, -signatures;

# An authenticator app (RFC 6238): codes of a base32 secret.

use Digest::SHA qw(hmac_sha1);

has 'secret';
has step => 30;

sub bytes ($self) {
    my $bits = join '', map { sprintf '%05b', $_ }
      map { index 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', $_ } split //,
      $self->secret;
    return pack 'B*', $bits;
}

# the code now, or so many steps away from it
sub code ($self, $away = 0) {
    my $counter = int(time / $self->step) + $away;
    my $hash    = hmac_sha1(pack('Q>', $counter), $self->bytes);
    my $at      = ord(substr $hash, -1) & 0x0f;
    return sprintf '%06d',
      (unpack('N', substr $hash, $at, 4) & 0x7fffffff) % 1_000_000;
}

1;

package ShopTest::Log;
use Mojo::Base -base, -signatures;

# A log from where it stood when the test began.

use Mojo::File qw(path);

has 'file';
has 'start' => 0;
has expected => sub { [] };

# nginx's serious levels, and what sanitizers print
my $BAD = qr/
    \[(?:alert|emerg|crit)\]
  | (?:Address|Leak|Thread|Memory|UndefinedBehavior)Sanitizer
  | runtime\ error:
/x;

sub mark ($self) {
    return $self->start(-e $self->file ? -s $self->file : 0);
}

# The lines since the mark.
sub lines ($self) {
    open my $fh, '<', $self->file or return;
    seek $fh, $self->start, 0;
    my @lines = <$fh>;
    close $fh;
    chomp @lines;
    return @lines;
}

sub grep ($self, $pattern) {
    return grep {/$pattern/} $self->lines;
}

# What must not be there, but for what the test said it would cause.
sub complaints ($self) {
    my @bad = $self->grep($BAD);
    for my $pattern (@{$self->expected}) {
        @bad = grep { !/$pattern/ } @bad;
    }
    return @bad;
}

1;

package ShopTest::File;
use Mojo::Base -strict, -signatures;

# Writing a file with any Mojolicious: spurt() became spew() in 9.34.

use Exporter 'import';

our @EXPORT_OK = qw(write_file);

sub write_file ($file, $text) {
    open my $fh, '>', $file or die "$file: $!";
    print {$fh} $text;
    close $fh or die "$file: $!";
    return $file;
}

1;

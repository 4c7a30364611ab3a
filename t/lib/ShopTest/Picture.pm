package ShopTest::Picture;
use Mojo::Base -strict, -signatures;

# Pictures of one colour, small however large they are.
#
#   jpeg($width, $height, segments => [[0xe1, $exif]])
#   png($width, $height), webp($width, $height)
#   exif($orientation, $text)      content of an APP1 segment
#   size_of($webp)                 width and height of a WebP of any kind

use Compress::Zlib qw(compress crc32);
use Exporter       qw(import);

our @EXPORT_OK = qw(jpeg png webp exif chunk riff size_of);

sub segment ($marker, $data) {
    return pack 'CCn a*', 0xff, $marker, 2 + length $data, $data;
}

# Grey.  Quantized by 1; a block is its DC (the first: 176, the others: no
# difference) and an end-of-block, by tables that have just these codes.
sub jpeg ($width, $height, %with) {
    my $blocks = int(($width + 7) / 8) * int(($height + 7) / 8);
    my $bits   = '10' . '10110000' . '0' . '00' x ($blocks - 1);
    $bits .= '1' x (-length($bits) % 8);
    my $data = pack('B*', $bits) =~ s/\xff/\xff\x00/gr;
    return "\xff\xd8"
      . join('', map { segment(@$_) } @{$with{segments} // []})
      . segment(0xdb, "\0" . "\1" x 64)
      . segment(0xc0, pack 'C n n C C3', 8, $height, $width, 1, 1, 0x11, 0)
      . segment(0xc4, pack 'C C16 C2', 0x00, 1, 1, (0) x 14, 0, 8)
      . segment(0xc4, pack 'C C16 C', 0x10, 1, (0) x 15, 0)
      . segment(0xda, pack 'C6', 1, 1, 0, 0, 63, 0)
      . $data . "\xff\xd9";
}

# orientation, and a description that would tell where one lives
sub exif ($orientation, $text = '') {
    my $tags = pack 'vvVvv', 0x0112, 3, 1, $orientation, 0;
    my $n    = 1;
    if (length $text) {
        $tags = pack('vvVV', 0x010e, 2, 1 + length $text, 8 + 2 + 24 + 4)
          . $tags;
        $n = 2;
    }
    return "Exif\0\0II*\0" . pack('V', 8) . pack('v', $n) . $tags
      . pack('V', 0) . (length $text ? "$text\0" : '');
}

sub chunk ($type, $data) {
    return pack 'N a4 a* N', length $data, $type, $data, crc32("$type$data");
}

sub png ($width, $height, %with) {
    my $row = "\0" . "\x60" x $width;
    return "\x89PNG\r\n\x1a\n"
      . chunk(IHDR => pack 'N N C5', $width, $height, 8, 0, 0, 0, 0)
      . join('', map { chunk(@$_) } @{$with{chunks} // []})
      . chunk(IDAT => $with{data} // compress($row x $height))
      . chunk(IEND => '');
}

sub riff ($type, $data) {
    my $pad = length($data) % 2 ? "\0" : '';
    return pack('a4 V a*', $type, length $data, $data) . $pad;
}

# lossless: each channel has a code of one symbol, so that a pixel has no bits
sub webp ($width, $height, %with) {
    my $bits = '';
    my $put  = sub ($n, $value) {
        $bits .= reverse sprintf '%0*b', $n, $value;
    };
    $put->(14, $width - 1);
    $put->(14, $height - 1);
    $put->(1, 0);
    $put->(3, 0);
    $put->(3, 0);
    for my $symbol (0x80, 0x40, 0x20, 0xff) {
        $put->(3, 5);
        $put->(8, $symbol);
    }
    $put->(3, 1);
    $put->(1, 0);
    $bits .= '0' x (-length($bits) % 8);
    my $chunks = join '', map { riff(@$_) } @{$with{before} // []};
    $chunks .= riff('VP8L', "\x2f" . pack 'b*', $bits);
    $chunks .= join '', map { riff(@$_) } @{$with{after} // []};
    return pack 'a4 V a4 a*', 'RIFF', 4 + length $chunks, 'WEBP', $chunks;
}

sub size_of ($webp) {
    my ($riff, undef, $name, $type) = unpack 'a4 V a4 a4', $webp;
    return () if $riff ne 'RIFF' || $name ne 'WEBP';
    if ($type eq 'VP8 ') {
        my ($width, $height) = unpack 'x26 v v', $webp;
        return ($width & 0x3fff, $height & 0x3fff);
    }
    if ($type eq 'VP8L') {
        my $bits = unpack 'x21 V', $webp;
        return (($bits & 0x3fff) + 1, ($bits >> 14 & 0x3fff) + 1);
    }
    my @bytes = unpack 'x24 C6', $webp;
    return (1 + $bytes[0] + ($bytes[1] << 8), 1 + $bytes[3] + ($bytes[4] << 8));
}

1;

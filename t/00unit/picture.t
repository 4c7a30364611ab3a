#!/usr/bin/perl

# The structure of pictures: t/00unit/picture.c reads files made here, whose
# names tell what is expected.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib", "$FindBin::Bin/../lib";

use ShopTest::Picture qw(jpeg png webp exif chunk riff);
use ShopUnit;

my $unit = ShopUnit->new(
    source => 'picture.c',
    core   => [qw(ngx_shop_picture ngx_shop_picture_jpeg)],
    libs   => [qw(-lz)],
);

my $canvas = pack 'C4 C6', 0, 0, 0, 0, 29, 0, 0, 19, 0, 0;
my $two    = jpeg(30, 20, segments => [[0xe2, "MPF\0" . 'x' x 20]]);

my %good = (
    jpeg              => jpeg(30, 20),
    'jpeg-exif'       => jpeg(30, 20, segments => [[0xe1, exif(6, 'here')]]),
    'jpeg-restarts'   => jpeg(30, 20) =~ s/(\xff\xd9)\z/\xff\xd0\0\xff\x00$1/r,
    'jpeg-padded'     => jpeg(30, 20) . "\0" x 50,
    'jpeg-of-a-phone' => $two . jpeg(10, 10) . "\0\0" . jpeg(5, 5),
    png               => png(30, 20),
    'png-text'        => png(30, 20, chunks => [[tEXt => "Comment\0x"]]),
    webp              => webp(30, 20),
    'webp-canvas'     => webp(30, 20, before => [[VP8X => $canvas]]),
    'webp-odd'        => webp(30, 20, after => [['XMP ' => 'xyz']]),
    'webp-lossy'      => pack(
        'a4 V a4 a*', 'RIFF', 4 + 18, 'WEBP',
        riff('VP8 ', pack 'C3 C3 v v', 0, 0, 0, 0x9d, 1, 0x2a, 30, 20)
    ),
);

my %bad = (
    'jpeg-no-scan'    => "\xff\xd8\xff\xd9",
    'jpeg-no-frame'   => jpeg(30, 20) =~ s/\xff\xc0.{17}//sr,
    'jpeg-two-frames' => jpeg(30, 20) =~ s/(\xff\xc0.{11})/$1$1/sr,
    'jpeg-lossless'   => jpeg(30, 20) =~ s/\xff\xc0/\xff\xc3/r,
    'jpeg-12-bits'    => jpeg(30, 20) =~ s/(\xff\xc0..)\x08/$1\x0c/sr,
    'jpeg-no-height'  => jpeg(30, 20) =~ s/(\xff\xc0..\x08)../$1\0\0/sr,
    'jpeg-scans'      => jpeg(30, 20)
      =~ s/(\xff\xda.*)\xff\xd9/($1 x 101) . "\xff\xd9"/ser,
    'jpeg-behind'     => jpeg(30, 20) . jpeg(30, 20),
    'jpeg-phone-html' => $two . '<html>',
    'png-crc'         => png(30, 20) =~ s/(IHDR.{13}.)./$1\0/sr,
    'png-no-data'     => "\x89PNG\r\n\x1a\n"
      . chunk(IHDR => pack 'N N C5', 30, 20, 8, 0, 0, 0, 0) . chunk(IEND => ''),
    'png-colors'      => "\x89PNG\r\n\x1a\n"
      . chunk(IHDR => pack 'N N C5', 30, 20, 16, 3, 0, 0, 0)
      . chunk(IDAT => 'x') . chunk(IEND => ''),
    'png-no-width'    => png(0, 20, data => 'x'),
    'png-behind'      => png(30, 20) . "\0",
    'png-animated'    => png(30, 20, chunks => [[acTL => pack 'N N', 2, 0]]),
    'webp-animated'   => webp(30, 20, before => [[ANIM => 'x' x 6]]),
    'webp-lies'       => webp(31, 20, before => [[VP8X => $canvas]]),
    'webp-two'        => webp(30, 20, after => [[VP8L => "\x2f\0\0\0\0"]]),
    'webp-empty'      => pack('a4 V a4', 'RIFF', 4, 'WEBP'),
    'webp-behind'     => webp(30, 20) . "\0\0",
);

my %other = (
    text => 'hello', gif => "GIF89a\1\0\1\0", empty => '', bmp => 'BM' . "\0" x 60,
    svg  => '<svg xmlns="http://www.w3.org/2000/svg"/>',
    riff => pack('a4 V a4', 'RIFF', 4, 'WAVE'),
);

$unit->write("good-$_",  $good{$_})  for keys %good;
$unit->write("bad-$_",   $bad{$_})   for keys %bad;
$unit->write("other-$_", $other{$_}) for keys %other;

$unit->run;

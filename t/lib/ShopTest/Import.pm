package ShopTest::Import;
use Mojo::Base -base, -signatures;

# Files of products, as somebody sends them and waits for what becomes of
# them.
#
#   my $files  = ShopTest::Import->new(t => $t, admin => $admin);
#   my $import = $files->take("slug,name,price\nlamp,Lamp,100\n");
#   is_deeply $import->{rows}, {...};  $files->product('lamp')->{name};

use Mojo::Util qw(encode);

use ShopTest ();

has [qw(t admin)];

# sent, and nothing more
sub upload ($self, $csv, $who = $self->admin, $query = '') {
    return $self->t->post_ok("/api/v1/imports/products$query" =>
          {%$who, 'Content-Type' => 'text/csv'} => $csv);
}

# an import that has ended
sub take ($self, $csv, @how) {
    $self->upload(encode('UTF-8', $csv), @how)->status_is(202);
    my $id = $self->t->value('/id');
    $self->t->header_is(Location => "/api/v1/imports/$id");
    return $self->ended($id, @how ? $how[0] : ());
}

sub ended ($self, $id, $who = $self->admin) {
    my $path = "/api/v1/imports/$id";
    ShopTest::wait_for(sub {
        my $res = $self->t->call(GET => $path => $who);
        return $res->code == 200 && $res->json('/finished_at');
    }, 60, 'the import to end');
    return $self->t->get_ok($path => $who)->status_is(200)->value;
}

# all of the export: its names, its lines
sub export ($self, $who = $self->admin) {
    my $csv = $self->t->get_ok('/api/v1/exports/products.csv' => $who)
      ->status_is(200)->tx->res->text;
    return split /\r\n/, $csv;
}

# what the export has of products, by the beginning of their slugs, as a file
sub exported ($self, $slugs) {
    my ($names, @lines) = $self->export;
    return join "\r\n", $names, (grep {/^$slugs/} @lines), '';
}

sub product ($self, $ref) {
    return $self->t->get_ok("/api/v1/products/$ref" => $self->admin)
      ->status_is(200)->value;
}

sub stock ($self, $ref) {
    return $self->t->get_ok("/api/v1/inventory/$ref" => $self->admin)
      ->value('/on_hand');
}

1;

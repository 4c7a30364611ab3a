package ShopTest::Accounts;
use Mojo::Base -base, -signatures;

# Accounts as headers: {Authorization => "Bearer ..."}.

has 'stack';
has demos => sub { {} };

my $PASSWORD = 'demo-password-1';

# one of the demo shop: admin, seller, customer
sub demo ($self, $name) {
    return $self->demos->{$name}
      //= $self->sign_in("$name\@demo.test", $PASSWORD)->{headers};
}

sub sign_in ($self, $email, $password) {
    my $res = $self->stack->t->call(
        POST => '/api/v1/auth/login' => json =>
          {email => $email, password => $password});
    die "login of $email: " . $res->code . ' ' . $res->body
      unless $res->code == 200;
    return _account($email, $password, $res->json);
}

sub new_customer ($self, %with) {
    my $email    = $with{email}    // ShopTest::unique_email();
    my $password = $with{password} // 'correct-horse-battery';
    my $res      = $self->stack->t->call(
        POST => '/api/v1/auth/register' => json => {
            email    => $email,
            password => $password,
            name     => $with{name} // 'Test Person'
        }
    );
    die "register $email: " . $res->code . ' ' . $res->body
      unless $res->code == 201;
    return _account($email, $password, $res->json);
}

sub _account ($email, $password, $answer) {
    return {
        email    => $email,
        password => $password,
        user     => $answer->{user},
        access   => $answer->{access_token},
        refresh  => $answer->{refresh_token},
        headers  => {Authorization => "Bearer $answer->{access_token}"}
    };
}

1;

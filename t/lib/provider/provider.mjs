// An OpenID provider (oidc-provider) on loopback:
//
//   node provider.mjs PORT CLIENT SECRET REDIRECT_URI...
//
// People are those who are asked for: the login page takes any name, whose
// address is NAME@provider.test.  SIGHUP makes a new signing key and forgets the
// old one.  A line "ready" tells that it listens.

import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import process from 'node:process';

import Provider, { interactionPolicy } from 'oidc-provider';

const [port, client, secret, ...redirects] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
let serial = 0;

function key() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  serial += 1;
  return {
    ...privateKey.export({ format: 'jwk' }),
    kid: `key-${serial}`,
    use: 'sig',
    alg: 'RS256',
  };
}

const policy = interactionPolicy.base();

function provider() {
  return new Provider(issuer, {
    adapter: undefined,
    clients: [
      {
        client_id: client,
        client_secret: secret,
        redirect_uris: redirects,
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [key()] },
    cookies: { keys: ['a key of the cookies'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    interactions: { policy },
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name'],
    },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        email: `${id}@provider.test`,
        email_verified: true,
        name: `Somebody ${id}`,
      }),
    }),
  });
}

let handle = provider().callback();

process.on('SIGHUP', () => {
  handle = provider().callback();
  process.stdout.write(`key-${serial}\n`);
});

createServer((request, response) => handle(request, response)).listen(
  Number(port),
  '127.0.0.1',
  () => process.stdout.write('ready\n'),
);

// An app of somebody else's, made with a library of somebody else's: what
// t/30flow/oauth.t lets loose on the server.  It gets its clients as the first
// line of its input, tells the address that the browser has to open, reads the
// one that the browser was sent back to, and ends with what it got.
import { createInterface } from "node:readline";
import { stdin, stdout } from "node:process";
import * as client from "openid-client";

interface App {
  id: string;
  secret: string | null;
  redirect: string;
}

interface Order {
  issuer: string;
  resource: string;
  apps: App[];
  service: App;
}

const lines = createInterface({ input: stdin })[Symbol.asyncIterator]();

async function next(): Promise<string> {
  const line = await lines.next();
  if (line.done) {
    throw new Error("the input ended");
  }
  return line.value;
}

const tell = (what: unknown) => stdout.write(`${JSON.stringify(what)}\n`);

async function discover(issuer: string, app: App, auth: client.ClientAuth) {
  const config = await client.discovery(
    new URL(issuer),
    app.id,
    { id_token_signed_response_alg: "ES256" },
    auth,
    // the tests have no TLS
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    { execute: [client.allowInsecureRequests] },
  );
  client.enableNonRepudiationChecks(config);
  return config;
}

async function signIn(config: client.Configuration, app: App) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedState = client.randomState();
  const expectedNonce = client.randomNonce();
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri: app.redirect,
    scope: "openid profile email orders:read",
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
    state: expectedState,
    nonce: expectedNonce,
  });
  tell({ open: address.href });
  return client.authorizationCodeGrant(config, new URL(await next()), {
    pkceCodeVerifier,
    expectedState,
    expectedNonce,
    idTokenExpected: true,
  });
}

async function act(order: Order, app: App, auth: client.ClientAuth) {
  const config = await discover(order.issuer, app, auth);
  const tokens = await signIn(config, app);
  const claims = tokens.claims();
  const user = await client.fetchUserInfo(
    config,
    tokens.access_token,
    claims?.sub ?? "",
  );
  const resource = await client.fetchProtectedResource(
    config,
    tokens.access_token,
    new URL(order.resource),
    "GET",
  );
  const renewed = await client.refreshTokenGrant(
    config,
    tokens.refresh_token ?? "",
  );
  const before = app.secret
    ? await client.tokenIntrospection(config, renewed.access_token)
    : null;
  await client.tokenRevocation(config, renewed.refresh_token ?? "");
  const after = app.secret
    ? await client.tokenIntrospection(config, renewed.access_token)
    : null;
  const late = await client.fetchProtectedResource(
    config,
    renewed.access_token,
    new URL(order.resource),
    "GET",
  ).then(
    (response) => response.status,
    (error: unknown) =>
      error instanceof client.WWWAuthenticateChallengeError
        ? error.status
        : String(error),
  );
  return {
    claims,
    user,
    scope: tokens.scope,
    resource: resource.status,
    rotated: renewed.refresh_token !== tokens.refresh_token,
    before,
    after,
    late,
  };
}

async function serve(order: Order, auth: client.ClientAuth) {
  const config = await discover(order.issuer, order.service, auth);
  const tokens = await client.clientCredentialsGrant(config, {
    scope: "inventory:read",
  });
  const wide = await client
    .clientCredentialsGrant(config, { scope: "store:write" })
    .catch((error: unknown) =>
      error instanceof client.ResponseBodyError ? error.error : String(error),
    );
  return { scope: tokens.scope, expires: tokens.expiresIn(), wide };
}

const order = JSON.parse(await next()) as Order;
const secretOf = (app: App) => app.secret ?? "";

for (const app of order.apps) {
  const ways = app.secret
    ? [client.ClientSecretBasic, client.ClientSecretPost]
    : [client.None];
  for (const way of ways) {
    tell(await act(order, app, way(secretOf(app))));
  }
}
const secret = secretOf(order.service);
tell(await serve(order, client.ClientSecretBasic(secret)));
tell(await serve(order, client.ClientSecretPost(secret)));
process.exit(0);

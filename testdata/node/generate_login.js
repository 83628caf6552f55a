'use strict';

// generate_login makes users and contexts of the shapes that rules meet, with
// parts missing and values of the wrong type more often than in life.

const texts = [
  '', ' ', 'a', 'admin', 'web', 'ann@example.com', 'Ann@EXAMPLE.com ', 'b', 'x@y@z.example', 'no-at', '0', '12', '-3.5', '1e3',
  'true', 'null', 'undefined', 'straße', 'İstanbul', 'ΣΑΣ', 'é', '😀', '👩‍💻 dev', 'a b  c', 'a,b,,c', 'read:x openid', 'https://a.example/?q=1',
  'constructor', '__proto__', 'length', 'line\nbreak', '"quoted"', '\u2028', '\u0000',
];
const numbers = [0, 1, -1, 2, 5, 42, 1.5, 0.1, -0.5, 1e21, 1e-7, 9007199254740991, 1772447400000];

function odd(random, depth = 0) {
  return random.weighted([
    [6, () => random.pick(texts)],
    [3, () => random.pick(numbers)],
    [2, () => random.chance(0.5)],
    [1, () => null],
    [depth < 2 ? 2 : 0, () => random.times(random.below(4), () => odd(random, depth + 1))],
    [depth < 2 ? 2 : 0, () => object(random, depth + 1)],
  ])();
}

function object(random, depth) {
  const result = {};
  for (const key of random.times(random.below(4), () => random.pick(['a', 'b', 'name', 'roles', '10', '2', 'key with space', 'ü', 'color']))) {
    result[key] = odd(random, depth);
  }
  return result;
}

// part is absent, odd or what it should be.
function part(random, target, key, make) {
  const fate = random.weighted([[16, 'good'], [2, 'absent'], [1, 'odd']]);
  if (fate === 'good') target[key] = make();
  if (fate === 'odd') target[key] = odd(random);
}

function list(random, values) {
  return random.times(random.below(4), () => random.pick(values));
}

function newLogin(random) {
  const roles = ['admin', 'guest', 'member', 'editor'];
  const user = {};
  part(random, user, 'user_id', () => random.pick(['auth0|1', 'google-oauth2|ü', 'sms|+1555']));
  part(random, user, 'email', () => random.pick(['ann@example.com', 'Bob@Example.COM', 'admin@example.org', 'eve@evil-example.com']));
  part(random, user, 'email_verified', () => random.chance(0.7));
  part(random, user, 'name', () => random.pick(['Ann Lee', 'Zoë', '李', 'b']));
  part(random, user, 'nickname', () => random.pick(['ann', 'b', '']));
  part(random, user, 'logins_count', () => random.below(20));
  part(random, user, 'created_at', () => random.pick(['2026-02-28T10:00:00.000Z', '2020-01-01T00:00:00.000Z', 1577836800000]));
  part(random, user, 'groups', () => list(random, ['sales', 'CN=Admins', 'a']));
  part(random, user, 'roles', () => list(random, roles));
  part(random, user, 'permissions', () => list(random, ['read:x', 'write:x']));
  part(random, user, 'identities', () => random.times(1 + random.below(2), () => ({
    connection: 'db', provider: random.pick(['auth0', 'github']), isSocial: random.chance(0.5),
    ...(random.chance(0.5) ? { profileData: object(random, 1) } : {}),
  })));
  part(random, user, 'app_metadata', () => {
    const metadata = {};
    part(random, metadata, 'roles', () => list(random, roles));
    part(random, metadata, 'plan', () => random.pick(['free', 'pro']));
    part(random, metadata, 'authorization', () => ({ groups: list(random, ['a', 'b']) }));
    part(random, metadata, 'flag', () => random.chance(0.5));
    return metadata;
  });
  part(random, user, 'user_metadata', () => object(random, 1));

  const context = {};
  part(random, context, 'clientID', () => random.pick(['web', 'mobile', 'abc123']));
  part(random, context, 'clientName', () => random.pick(['Web', 'Time Sheets', 'Shop & Co']));
  part(random, context, 'clientMetadata', () => ({ mfa: random.pick(['true', 'false']), 'required-roles': 'admin,member' }));
  part(random, context, 'connection', () => random.pick(['db', 'google-oauth2']));
  part(random, context, 'connectionStrategy', () => random.pick(['auth0', 'samlp']));
  context.protocol = random.pick(['oidc-basic-profile', 'oidc-implicit-profile', 'samlp', 'wsfed']);
  part(random, context, 'stats', () => ({ loginsCount: random.below(12) }));
  part(random, context, 'idToken', () => ({}));
  part(random, context, 'accessToken', () => (random.chance(0.5) ? {} : { scope: ['openid'] }));
  part(random, context, 'samlConfiguration', () => (random.chance(0.5) ? {} : { mappings: { a: 'b' } }));
  part(random, context, 'authorization', () => ({ roles: list(random, roles) }));
  part(random, context, 'authentication', () => ({ methods: list(random, ['pwd', 'mfa']).map((name) => ({ name, timestamp: 1772447400000 })) }));
  part(random, context, 'request', () => {
    const request = {};
    part(random, request, 'ip', () => random.pick(['10.1.2.3', '203.0.113.9', 'fd00::1']));
    part(random, request, 'query', () => (random.chance(0.8) ? { scope: 'openid profile read:x', acr_values: 'urn:mfa' } : {}));
    part(random, request, 'body', () => ({}));
    part(random, request, 'geoip', () => ({ country_code: random.pick(['DE', 'US', 'XX']) }));
    // Parameters that the pipeline itself reads stay what an application sends.
    for (const name of ['query', 'body']) if (request[name] && typeof request[name] === 'object') delete request[name].prompt;
    return request;
  });
  return { user, context };
}

module.exports = { newLogin, texts, numbers };

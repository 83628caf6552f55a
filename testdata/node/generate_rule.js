'use strict';

// generate_rule composes rules from fragments of realistic statements. What a
// statement does with odd values is the point, so expressions are not guarded
// more than people guard them.

const paths = [
  'user.email', 'user.email_verified', 'user.name', 'user.nickname', 'user.user_id', 'user.logins_count', 'user.groups', 'user.roles',
  'user.permissions', 'user.app_metadata', 'user.app_metadata.roles', 'user.app_metadata.plan', 'user.app_metadata.flag',
  'user.app_metadata.authorization.groups', 'user.user_metadata', 'user.user_metadata.color', 'user.user_metadata.a',
  'user.identities', 'user.identities[0].provider', 'user.missing', "user['key with space']", 'user.created_at',
  'context.clientID', 'context.clientName', 'context.clientMetadata.mfa', "context.clientMetadata['required-roles']", 'context.connection',
  'context.connectionStrategy', 'context.protocol', 'context.stats.loginsCount', 'context.request.ip', 'context.request.query.scope',
  'context.request.geoip.country_code', 'context.authorization.roles', 'context.authentication.methods', 'context.idToken',
  'configuration.NAMESPACE', 'configuration.LIST', 'configuration.LIMIT', 'configuration.NONE',
];
const targets = [
  'user.label', 'user.label', 'user.level', 'context.scratch', 'user.level', 'user.app_metadata.plan', 'user.user_metadata.seen', 'user.roles', 'user.name', 'context.idToken.plan',
  "context.idToken['https://example.com/x']", "context.idToken[configuration.NAMESPACE + 'roles']", 'context.accessToken.scope',
  "context.accessToken[`${configuration.NAMESPACE}mail`]", 'context.samlConfiguration.mappings', "context.samlConfiguration.mappings['urn:a']",
  'context.scratch',
];
const literals = ["'admin'", "'web'", "'ann@example.com'", "''", "'@'", "','", "'a'", '0', '1', '-1', '5', '1.5', 'true', 'false', 'null', 'undefined', '[]', '{}', "['admin', 'a']", "'é😀'"];

// path reads a property; nearly half of the reads guard each step.
function path(random) {
  const text = random.pick(paths);
  return random.chance(0.4) ? text.replace(/(?<=\w)(\.|(?=\[))/g, '?.') : text;
}

function constantList(random) {
  return `[${random.times(1 + random.below(3), () => random.pick(["'admin'", "'web'", "'ann@example.com'", "'a'", '1', "'member'"])).join(', ')}]`;
}

// expression gives a JavaScript expression in parentheses where it needs them.
function expression(random, depth = 2) {
  if (depth === 0) return random.chance(0.7) ? path(random) : random.pick(literals);
  const e = () => expression(random, depth - 1);
  const p = () => path(random);
  return random.weighted([
    [8, () => p()],
    [3, () => random.pick(literals)],
    [3, () => `(${e()} || ${e()})`],
    [3, () => `(${e()} && ${e()})`],
    [1, () => `(${e()} ?? ${e()})`],
    [2, () => `!${e()}`],
    [3, () => `(${e()} ${random.pick(['===', '!==', '==', '!='])} ${e()})`],
    [2, () => `(${e()} ${random.pick(['<', '>', '<=', '>='])} ${e()})`],
    [3, () => `(${e()} + ${e()})`],
    [1, () => `(${e()} ${random.pick(['-', '*', '%', '/', '|', '&', '<<'])} ${e()})`],
    [2, () => `\`${random.pick(['', 'id: ', 'ü'])}\${${e()}}-\${${p()}}\``],
    [2, () => `(${e()} ? ${e()} : ${e()})`],
    [1, () => `typeof ${p()}`],
    [2, () => `${constantList(random)}.includes(${p()})`],
    [2, () => `(${constantList(random)}.indexOf(${p()}) ${random.pick(['!== -1', '=== -1', '>= 0', '< 0', '> -1'])})`],
    [2, () => `${constantList(random)}.some(function (x) { return x === ${p()}; })`],
    [2, () => `(${p()} || []).${random.pick(['some', 'every', 'find', 'filter', 'map', 'findIndex'])}(x => ${random.pick(["x === 'admin'", 'x.name', 'x && x.length > 1', "String(x).startsWith('a')", "x + '!'"])})`],
    [2, () => `${p()}.${random.pick(['indexOf', 'includes'])}(${random.pick(literals)})`],
    [2, () => `${p()}.length`],
    [2, () => `${p()}.split(${random.pick(["'@'", "' '", "','", "''"])})${random.pick(['', '[0]', '[1]', '.pop()', '.length', ".join('-')", '.reverse()'])}`],
    [2, () => `${p()}.${random.pick(['toLowerCase()', 'toUpperCase()', 'trim()', 'toString()', 'slice(1)', 'slice(-2)', 'substring(0, 3)', 'charAt(0)', "replace('a', 'b')", "replace(/[aeiou]/g, '*')", 'concat(1)', "padStart(8, '.')", "startsWith('a')", "endsWith('com')", "lastIndexOf('a')"])}`],
    [1, () => `String(${e()})`],
    [1, () => `Number(${e()})`],
    [1, () => `parseInt(${e()}, 10)`],
    [1, () => `Boolean(${e()})`],
    [1, () => `Array.isArray(${p()})`],
    [1, () => `Object.keys(${p()} || {})`],
    [1, () => `JSON.stringify(${p()})`],
    [1, () => `encodeURIComponent(${p()})`],
    [1, () => `(${random.pick(["'roles'", "'email'", "'a'"])} in ${random.pick(['user', 'context', 'user.app_metadata'])})`],
    [1, () => `/${random.pick(['^a', '@example\\.com$', '\\d+', '[A-Z]'])}/${random.pick(['', 'i'])}.test(${p()})`],
    [1, () => `new Date(${random.pick(['user.created_at', '', 'user.logins_count', '0'])}).${random.pick(['getTime()', 'getDay()', 'getHours()', 'getFullYear()', 'getTimezoneOffset()'])}`],
    [1, () => `{ web: 'w', mobile: ['m'], abc123: { a: 1 } }[context.clientID]`].map((x, i) => (i === 1 ? () => `(${x()})` : x)),
    [1, () => `{ a: ${e()}, [${p()}]: 1 }`].map((x, i) => (i === 1 ? () => `(${x()})` : x)),
    [1, () => `[${e()}, ${e()}]`],
    [1, () => `Math.${random.pick(['floor', 'round', 'max', 'abs'])}(${e()})`],
  ])();
}

const error = (random) => random.weighted([
  [6, () => `new UnauthorizedError(${random.pick(["'Access denied.'", "'no ' + user.email", '`${context.clientID}: closed`'])})`],
  [2, () => `new Error(${random.pick(["'failed'", 'user.name', "''"])})`],
  [1, () => random.pick(["'plain text'", '42', "{ message: 'object', code: user.code }", "{ name: 'UnauthorizedError', message: 'm' }"])],
])();

function statement(random, depth = 1) {
  const e = () => expression(random);
  const p = () => path(random);
  const inner = () => (depth > 0 ? statement(random, depth - 1) : `user.steps = (user.steps || 0) + 1;`);
  return random.weighted([
    [8, () => `${random.pick(targets)} = ${e()};`],
    [3, () => { const t = random.pick(['user.app_metadata', 'user.user_metadata', 'context.idToken', 'context.samlConfiguration', 'user.app_metadata.roles']); return `${t} = ${t} || ${t.endsWith('roles') ? '[]' : '{}'};`; }],
    [4, () => `if (${e()}) { ${inner()} }`],
    [2, () => `if (${e()}) { ${inner()} } else { ${inner()} }`],
    [3, () => `if (${e()}) return callback(${error(random)});`],
    [2, () => `if (${e()}) return callback(null, user, context);`],
    [2, () => `console.${random.pick(['log', 'log', 'info', 'warn', 'error'])}(${random.pick([`'value', ${e()}`, `'v: ' + ${p()}`, `'%s|%d|%j', ${p()}, ${p()}, ${p()}`, e()])});`],
    [2, () => `(${random.pick(['user.groups', 'user.roles', 'user.missing', p()])} || []).forEach(function (x, i) { ${random.pick(["context.scratch = (context.scratch || '') + x;", 'user.last = i;', "if (x === 'admin') user.isAdmin = true;"])} });`],
    [1, () => `for (var i = 0; i < (${p()} || []).length && i < 5; i++) { user.count = (user.count || 0) + i; }`],
    [1, () => `for (const key in ${p()}) { context.scratch = [].concat(context.scratch || [], key); }`],
    [1, () => `for (const x of ${p()} || []) { if (!x) continue; user.lastSeen = x; }`],
    [2, () => `${random.pick(['user.app_metadata.roles', 'user.roles', 'user.groups', 'user.permissions'])}.push(${e()});`],
    [1, () => `delete ${random.pick(['user.nickname', 'user.app_metadata.plan', 'context.idToken', "user['email']", 'context.request.ip'])};`],
    [1, () => `try { ${inner()} } catch (e) { user.caught = e.name; }`],
    [1, () => `switch (${p()}) { case 'web': case 'admin': user.kind = 'a'; break; case null: user.kind = 'n'; default: user.kind = (user.kind || '') + 'd'; }`],
    [2, () => { const n = `v${random.below(1000)}`; return `${random.pick(['const', 'let', 'var'])} ${n} = ${e()}; ${random.pick([`user.${n} = ${n};`, `if (${n}) user.${n} = 'yes';`, `context.scratch = ${n};`])}`; }],
    [1, () => { const n = `f${random.below(1000)}`; return `const ${n} = (x) => { ${random.pick(['return x && x.length;', "return typeof x === 'string' ? x.toUpperCase() : x;", 'return [x, x];'])} }; user.${n} = ${n}(${p()});`; }],
    [1, () => `(function () { const { roles = ['none'], plan } = user.app_metadata || {}; user.first = roles[0]; user.plan = plan; })();`],
    [1, () => `context.multifactor = ${random.pick(["{ provider: 'any' }", "{ provider: 'guardian', allowRememberBrowser: false }", "'any'", 'undefined', "user.app_metadata.flag && { provider: 'any' }"])};`],
    [1, () => `context.redirect = { url: 'https://example.com/?c=' + encodeURIComponent(${random.pick(['context.clientName', 'user.email', "'x'"])}) };`],
    [1, () => `context.idToken = Object.assign({}, context.idToken, { a: ${e()} });`],
    [1, () => `context.idToken = { ...context.idToken, spread: ${e()} };`],
    [1, () => `const r${random.below(1000)} = user.roles; user.alias = user.roles; if (Array.isArray(user.roles)) user.roles.push('x');`],
    [1, () => `global.counter = (typeof counter === 'undefined' ? 0 : counter) + 1; user.counter = counter;`],
    [1, () => `auth0.users.updateAppMetadata('auth0|1', { plan: ${p()} });`],
  ])();
}

const success = (random) => random.weighted([
  [12, 'callback(null, user, context);'],
  [2, 'return callback(null, user, context);'],
  [1, 'callback(null, user);'],
  [1, 'callback(null);'],
  [1, 'callback(null, null, context);'],
  [1, 'callback.apply(null, [null, user, context]);'],
  [1, 'callback(undefined, user, context);'],
  [1, 'callback(null, Object.assign({}, user), context);'],
  [1, 'callback(null, user, context); user.late = true;'],
  [1, 'callback(null, user, context); callback(null, user, context);'],
]);

function newRule(random) {
  const body = random.times(1 + random.below(4), () => `  ${statement(random)}`).join('\n');
  const end = success(random);
  const frame = random.weighted([
    [8, () => `function (user, context, callback) {\n${body}\n  ${end}\n}`],
    [3, () => `function rule(user, context, callback) {\n  'use strict';\n${body}\n  ${end}\n}`],
    [2, () => `(user, context, callback) => {\n${body}\n  ${end}\n}`],
    [2, () => `async function (user, context, callback) {\n  try {\n${body}\n    await null;\n    ${end}\n  } catch (e) {\n    callback(e);\n  }\n}`],
    [1, () => `async (user, context, callback) => {\n${body}\n  await new Promise(done => setTimeout(done, ${1 + random.below(4)}));\n  ${end}\n}`],
    [1, () => `function (user, context, callback) {\n${body}\n  setTimeout(function () { ${end} }, ${random.below(4)});\n}`],
    [1, () => `function (user, context, callback) {\n  Promise.resolve(user.email).then(function (email) {\n${body}\n    ${end}\n  }).catch(function (e) { callback(e); });\n}`],
  ]);
  return frame();
}

module.exports = { newRule };

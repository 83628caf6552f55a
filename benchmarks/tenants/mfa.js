function requireFactor(user, context, callback) {
  const clients = ['{{id}}', '{{id}}', '{{id}}'];
  const groups = user.groups || [];
  const admin = groups.includes('{{group}}') || groups.includes('{{group}}');
  if (!clients.includes(context.clientID) || context.protocol === 'oauth2-refresh-token') {
    return callback(null, user, context);
  }
  // people of {{company}} who are in the office need none
  if (context.request && context.request.ip === '10.{{small}}.{{small}}.{{small}}' && !admin) {
    return callback(null, user, context);
  }
  context.multifactor = { provider: 'any', allowRememberBrowser: false };
  callback(null, user, context);
}

function clientsTable(user, context, callback) {
  const clients = {
    p0rtal: { group: 'portal', secret: configuration.PORTAL_SECRET },
    r3port: { group: 'reports' },
  };
  const client = clients[context.clientID];
  if (client === undefined) return callback(null, user, context);

  const groups = [].concat(user.groups || []);
  if (!groups.includes(client.group) && context.connectionStrategy !== 'auth0') {
    return callback(new UnauthorizedError(`You are not in the group ${client.group}.`));
  }
  context.idToken[global.north.claim('group')] = client.group;
  context.idToken[global.north.claim('signed')] = Boolean(client.secret);
  callback(null, user, context);
}

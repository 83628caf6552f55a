function scopesByPermissions(user, context, callback) {
  if (context.clientID !== 'CLIENT_ID_OF_THE_SHOP') {
    return callback(null, user, context);
  }

  const requested = context.request?.body?.scope || context.request?.query?.scope || '';

  // Scopes of the profile are granted as asked for, those of the API as the user has them.
  const standard = requested.split(' ').filter((scope) => scope && !scope.includes(':'));
  const permissions = user.permissions ?? [];
  context.accessToken.scope = [...standard, ...permissions].join(' ');

  return callback(null, user, context);
}

function debugOneUser(user, context, callback) {
  if (!configuration.DEBUG_USER || configuration.DEBUG_USER !== user.email) {
    return callback(null, user, context);
  }

  // No tokens and no metadata: the log has many readers.
  console.log('login', {
    user: user.user_id,
    application: context.clientName,
    connection: context.connection,
    protocol: context.protocol,
    roles: context.authorization?.roles ?? [],
    methods: (context.authentication?.methods ?? []).map((method) => method.name),
    scope: context.request?.query?.scope,
  });

  return callback(null, user, context);
}

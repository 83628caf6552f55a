function denyApiByAudience(user, context, callback) {
  const audience = context.request?.query?.audience || context.request?.body?.audience;

  // Without an audience the token is for the tenant's default API.
  if (!audience || audience === 'https://api.example.com/internal') {
    return callback(new UnauthorizedError('end_users_not_allowed'));
  }

  return callback(null, user, context);
}

function rolesFromMetadata(user, context, callback) {
  user.roles = user.app_metadata?.roles ?? [];

  return callback(null, user, context);
}

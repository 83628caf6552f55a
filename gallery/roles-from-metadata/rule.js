function rolesFromMetadata(user, context, callback) {
  // ferrule-ignore L18 for later rules and SAML mappings
  user.roles = user.app_metadata?.roles ?? [];

  return callback(null, user, context);
}

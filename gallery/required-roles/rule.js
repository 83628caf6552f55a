function requiredRoles(user, context, callback) {
  const required = (context.clientMetadata?.required_roles ?? '')
    .split(',')
    .map((role) => role.trim())
    .filter((role) => role !== '');
  if (required.length === 0) {
    return callback(null, user, context);
  }

  const roles = user.roles ?? [];
  if (!required.some((role) => roles.includes(role))) {
    return callback(new UnauthorizedError(`You do not have the required role to access ${context.clientName}`));
  }

  return callback(null, user, context);
}

// Nobody signs in to {{app}} before the address is verified.
function verifiedEmail(user, context, callback) {
  // Enterprise connections verify addresses themselves
  const trusted = ['samlp', 'waad', '{{word}}'];
  if (trusted.indexOf(context.connectionStrategy) !== -1) {
    return callback(null, user, context);
  }
  if (context.clientName === '{{app}}' && (!user.email || !user.email_verified)) {
    return callback(new UnauthorizedError('Please verify your e-mail address before you sign in to {{app}}.'));
  }
  return callback(null, user, context);
}

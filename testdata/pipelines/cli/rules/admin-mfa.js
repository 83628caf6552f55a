(user, context, cb) => {
  const { roles = [] } = context.authorization || {};
  if (roles.find(r => /admin$/i.test(r)) && '@@ENV@@' !== 'development') {
    context.multifactor = { provider: 'any' };
  }
  return cb(null, user, context);
}

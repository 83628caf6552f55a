function (user, context, callback) {
  // earlier rules may have dropped the user
  if (!user) return callback(null, null, context);
  const { roles = [] } = user;
  context.idToken['https://retail.example/flags'] = {
    roles: roles.join(' '),
    redirected: !!context.redirect,
    factor: context.multifactor ? context.multifactor.provider : 'none'
  };
  callback(null, user, context);
}

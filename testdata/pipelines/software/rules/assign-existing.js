(user, context, cb) => {
  const ns = configuration.NAMESPACE || 'https://acme.example/';
  context.idToken = Object.assign({}, context.idToken, {
    [ns + 'tenant']: configuration.NAME,
    [`${ns}protocol`]: context.protocol,
    [`${ns}first_login`]: context.stats && context.stats.loginsCount === 1
  });
  cb(null, user, context);
}

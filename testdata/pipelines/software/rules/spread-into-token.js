async function addProfile(user, context, callback) {
  const { app_metadata: app = {}, user_metadata: meta = {}, ...profile } = user;
  const { email, name } = profile;
  context.idToken = {
    ...context.idToken,
    'https://acme.example/profile': { email, name, city: meta?.address?.city ?? 'unknown', plan: app?.plan }
  };
  return callback(null, user, context);
}

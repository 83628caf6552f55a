async function (user, context, callback) {
  try {
    user.app_metadata = user.app_metadata || {};
    const count = context.stats.loginsCount;
    if (count > 1 && user.app_metadata.welcomed) {
      return callback(null, user, context);
    }
    user.app_metadata.welcomed = true;
    await auth0.users.updateAppMetadata(user.user_id, { welcomed: true });
    context.idToken['https://acme.example/new'] = count === 1;
    return callback(null, user, context);
  } catch (err) {
    console.error('could not update', err.name);
    return callback(err);
  }
}

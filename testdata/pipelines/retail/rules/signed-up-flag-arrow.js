function (user, context, callback) {
  const md = user.app_metadata || {};
  if (md.signedUp) { return callback(null, user, context); }
  md.signedUp = true;
  user.app_metadata = md;
  auth0.users.updateAppMetadata(user.user_id, md)
    .then(() => callback(null, user, context))
    .catch((err) => callback(err, user, context));
}

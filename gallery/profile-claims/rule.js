function profileClaims(user, context, callback) {
  const namespace = 'https://example.com';
  const metadata = user.user_metadata || {};

  if (user.favorite_color) {
    context.idToken[`${namespace}/favorite_color`] = user.favorite_color;
  }
  if (metadata.preferred_contact) {
    context.idToken[`${namespace}/preferred_contact`] = metadata.preferred_contact;
  }

  return callback(null, user, context);
}

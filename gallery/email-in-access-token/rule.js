function emailInAccessToken(user, context, callback) {
  const namespace = 'https://example.com';

  if (user.email) {
    context.accessToken[`${namespace}/email`] = user.email;
  }

  return callback(null, user, context);
}

function defaultPicture(user, context, callback) {
  let url;
  try {
    url = new URL(user.picture);
  } catch {
    return callback(null, user, context);
  }

  if (url.hostname === 's.gravatar.com') {
    url.searchParams.set('d', 'https://example.com/nobody.png');
    user.picture = url.href;
  }

  return callback(null, user, context);
}

function (user, context, callback) {
  if (context.protocol === 'redirect-callback') {
    // user was redirected to the /continue endpoint
    if (context.request.query.accepted === 'yes') {
      user.app_metadata = user.app_metadata || {};
      user.app_metadata.terms = 3;
      return callback(null, user, context);
    }
    return callback(new UnauthorizedError('Terms were not accepted.'), null, context);
  }
  if (user.app_metadata && user.app_metadata.terms >= 3) {
    return callback(null, user, context);
  }
  context.redirect = {
    url: configuration.TERMS_URL + '?user=' + encodeURIComponent(user.user_id) + '&lang=' + (user.user_metadata.lang || 'en')
  };
  callback(null, null, context);
}

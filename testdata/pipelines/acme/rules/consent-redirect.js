function (user, context, callback) {
  var metadata = user.user_metadata || {};
  if (metadata.terms_version === configuration.TERMS_VERSION) {
    return callback(null, user, context);
  }

  // The user comes back from the consent page.
  if (context.protocol === 'redirect-callback') {
    if (context.request.body.confirm !== 'yes') {
      return callback(new UnauthorizedError('You have to accept the terms of use.'));
    }
    user.user_metadata = metadata;
    user.user_metadata.terms_version = configuration.TERMS_VERSION;
    user.user_metadata.terms_accepted = new Date().toISOString();
    return auth0.users.updateUserMetadata(user.user_id, {
      terms_version: metadata.terms_version,
      terms_accepted: metadata.terms_accepted
    }).then(function () {
      callback(null, user, context);
    }).catch(function (err) {
      callback(err);
    });
  }

  // Nobody can be asked in these flows: let them through, the next interactive login asks.
  var query = (context.request && context.request.query) || {};
  var silent = ['oauth2-refresh-token', 'oauth2-password', 'oauth2-resource-owner'].indexOf(context.protocol) >= 0;
  if (silent || query.prompt === 'none') {
    console.warn('terms not accepted yet: ' + user.user_id);
    return callback(null, user, context);
  }

  context.redirect = {
    url: configuration.CONSENT_FORM_URL + '?version=' + encodeURIComponent(configuration.TERMS_VERSION)
  };
  callback(null, user, context);
}

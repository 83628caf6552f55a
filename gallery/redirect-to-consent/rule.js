async function redirectToConsent(user, context, callback) {
  user.app_metadata = user.app_metadata || {};
  if (user.app_metadata.consent_given === true) {
    return callback(null, user, context);
  }

  // Nobody can be asked where there is no browser.
  const interactive = ['oidc-basic-profile', 'oidc-implicit-profile', 'samlp', 'wsfed', 'redirect-callback'];
  if (!interactive.includes(context.protocol) || context.request?.query?.prompt === 'none') {
    return callback(new UnauthorizedError('consent_required'));
  }

  if (context.protocol !== 'redirect-callback') {
    const url = new URL(configuration.CONSENT_FORM_URL);
    url.searchParams.set('auth0_domain', new URL(auth0.baseUrl).hostname);
    context.redirect = { url: url.href };
    return callback(null, user, context);
  }

  // ferrule-ignore L27 who writes "yes" by hand has agreed, too
  if (context.request.body?.confirm !== 'yes') {
    return callback(new UnauthorizedError('User did not consent!'));
  }

  user.app_metadata.consent_given = true;
  try {
    await auth0.users.updateAppMetadata(user.user_id, { consent_given: true });
  } catch (err) {
    return callback(err);
  }
  return callback(null, user, context);
}

function mfaStepUpWeb(user, context, callback) {
  const wanted = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';

  const methods = context.authentication?.methods ?? [];
  const done = methods.some((method) => method.name === 'mfa');

  if (context.request?.query?.acr_values === wanted && !done) {
    context.multifactor = { provider: 'any', allowRememberBrowser: false };
  }

  return callback(null, user, context);
}

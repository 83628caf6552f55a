function mfaStepUpScope(user, context, callback) {
  if (context.clientID !== 'CLIENT_ID_OF_THE_BANK') {
    return callback(null, user, context);
  }

  const scopes = (context.request?.query?.scope ?? '').split(' ');
  if (scopes.includes('transfer:funds')) {
    context.multifactor = { provider: 'any', allowRememberBrowser: false };
  }

  return callback(null, user, context);
}

function mfaDuo(user, context, callback) {
  const { DUO_IKEY, DUO_SKEY, DUO_HOST } = configuration;

  if (!DUO_IKEY || !DUO_SKEY || !DUO_HOST) {
    console.error('Duo is not configured');
    return callback(new Error('The second factor is not available.'));
  }

  context.multifactor = {
    provider: 'duo',
    ikey: DUO_IKEY,
    skey: DUO_SKEY,
    host: DUO_HOST,
    allowRememberBrowser: false,
  };

  return callback(null, user, context);
}

function environment(user, context, callback) {
  const env = @@ENV@@;
  global.north = { env: env, claim: function (name) { return 'https://##CLAIMS_HOST##/' + name; } };
  if (env !== 'production') console.info('rules of ' + env + ' for ' + context.clientName);
  callback(null, user, context);
}

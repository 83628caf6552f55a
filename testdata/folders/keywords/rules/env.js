function (user, context, callback) {
  const env = '@@ENV@@', list = @@LIST@@;
  const url = 'https://##HOST##/##NOT_KNOWN##';
  callback(null, user, context);
}

function linkToAccount(user, context, callback) {
  const audience = (context.request.query && context.request.query.audience) || '';
  if (audience !== configuration.AUDIENCE) {
    return callback(null, user, context);
  }
  context.accessToken[configuration.NAMESPACE + 'account'] = (user.app_metadata || {}).account || '{{word}}-{{number}}';
  context.accessToken[configuration.NAMESPACE + 'region'] = '{{country}}'.toLowerCase() + '-{{small}}';
  switch (context.connection) {
    case '{{word}}-ad':
      context.accessToken[configuration.NAMESPACE + 'staff'] = true;
      break;
    case '{{word}}-partners':
      context.accessToken[configuration.NAMESPACE + 'partner'] = '{{company}}';
      break;
    default:
      context.accessToken[configuration.NAMESPACE + 'staff'] = false;
  }
  callback(null, user, context);
}

function (user, context, callback) {
  var corp = ['203.0.113.', '198.51.100.'];
  var fromOffice = corp.some(p => context.request.ip.startsWith(p));
  if (!fromOffice && context.clientMetadata.internal === 'true') {
    return callback(new UnauthorizedError('Access denied! You have to be inside the corporate network.'));
  }
  return callback(null, user, context);
}

function (user, context, callback) {
  var domains = {
    'acme-adfs': ['acme.example', 'acme.test'],
    'globex-saml': ['globex.example']
  };
  var allowed = domains[context.connection];
  if (!allowed) return callback(null, user, context);

  var parts = user.email.split('@');
  var domain = parts[parts.length - 1].toLowerCase();
  if (allowed.indexOf(domain) === -1) {
    return callback(new UnauthorizedError('Domain ' + domain + ' is not allowed for ' + context.connection));
  }
  callback(null, user, context);
}

function (user, context, callback) {
  var domains = @@ALLOWED_DOMAINS@@;
  var domain = (user.email || '').split('@').pop().toLowerCase();
  var allowed = false;
  for (var i = 0; i < domains.length; i++) {
    if (domains[i] === domain) { allowed = true; break; }
  }
  if (!allowed) {
    return callback(new UnauthorizedError('Only ' + domains.join(' and ') + ' may sign in.'));
  }
  user.company = domain.replace('.example', '');
  callback(null, user, context);
}

function groupsOfApplication(user, context, callback) {
  const required = {
    '{{app}}': ['{{group}}', '{{group}}'],
    '{{app}} Admin': ['{{group}}'],
    '{{word}} portal': ['{{group}}', '{{group}}', '{{group}}']
  };
  const wanted = required[context.clientName];
  if (!wanted) {
    return callback(null, user, context);
  }
  const mine = (user.app_metadata && user.app_metadata.groups) || [];
  const missing = wanted.filter((group) => !mine.includes(group));
  if (missing.length > 0) {
    return callback(new UnauthorizedError('{{company}}: missing ' + missing.join(', ')));
  }
  context.idToken['https://{{domain}}/groups'] = mine;
  callback(null, user, context);
}

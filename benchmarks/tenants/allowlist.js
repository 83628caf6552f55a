function allowedPeople(user, context, callback) {
  // Access should only be granted to verified users.
  if (!user.email || !user.email_verified) {
    return callback(new UnauthorizedError('Access to {{app}} denied.'));
  }
  if (context.clientID !== '{{id}}') {
    return callback(null, user, context);
  }
  const people = [{{range $i, $e := emails 9}}
    '{{$e}}',{{end}}
  ];
  const allowed = people.some(function (email) {
    return email === user.email;
  });
  if (!allowed) {
    return callback(new UnauthorizedError('{{company}}: access denied.'));
  }
  callback(null, user, context);
}

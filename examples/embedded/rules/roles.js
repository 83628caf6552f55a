function (user, context, callback) {
  const namespace = 'https://example.com/';
  const admins = ['ada@example.com', 'grace@example.com'];
  context.idToken[namespace + 'role'] = admins.includes(user.email) ? 'admin' : 'user';
  callback(null, user, context);
}

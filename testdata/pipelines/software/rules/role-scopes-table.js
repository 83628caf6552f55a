function (user, context, callback) {
  const SCOPES = {
    viewer: ['read:articles'],
    editor: ['read:articles', 'write:articles'],
    admin: ['read:articles', 'write:articles', 'delete:articles']
  };
  const roles = (context.authorization || {}).roles || [];
  const scopes = roles.reduce((all, role) => all.concat(SCOPES[role] || []), []);
  const requested = (context.request.query.scope || '').split(' ').filter(s => !s.includes(':'));
  context.accessToken.scope = [...new Set([...requested, ...scopes])];
  callback(null, user, context);
}

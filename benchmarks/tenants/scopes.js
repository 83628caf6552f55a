// Scopes of {{app}} by the role of the user.
function scopesByRole(user, context, callback) {
  const table = {
    '{{role}}': ['read:{{word}}', 'write:{{word}}', 'delete:{{word}}'],
    '{{role}}-lead': ['read:{{word}}', 'approve:{{word}}'],
    '{{word}}': ['read:{{word}}']
  };
  if (context.clientName !== '{{app}}') return callback(null, user, context);
  const role = (user.app_metadata && user.app_metadata.role) || '{{word}}';
  const scopes = ['openid', 'profile'].concat(table[role] || []);
  context.accessToken.scope = scopes.join(' ');
  callback(null, user, context);
}

function addClaims(user, context, callback) {
  const namespace = 'https://{{domain}}/{{word}}/';
  context.idToken = context.idToken || {};
  context.accessToken = context.accessToken || {};
  context.idToken[namespace + 'email'] = user.email;
  context.idToken[namespace + 'plan'] = (user.app_metadata && user.app_metadata.plan) || '{{word}}';
  context.idToken[namespace + '{{word}}'] = user.{{name}} || null;
  if (user.user_metadata && user.user_metadata.{{name}}) {
    context.idToken[namespace + 'preferred'] = user.user_metadata.{{name}};
  }
  context.accessToken[namespace + 'tenant'] = '{{company}}';
  context.accessToken[namespace + 'level'] = context.stats && context.stats.loginsCount > {{number}} ? 'regular' : 'new';
  callback(null, user, context);
}

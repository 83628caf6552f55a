function metadataDefaults(user, context, callback) {
  user.user_metadata = user.user_metadata || {};
  user.app_metadata = user.app_metadata || {};
  user.user_metadata.theme = user.user_metadata.theme || '{{word}}';
  user.user_metadata.lang = user.user_metadata.lang || (user.locale || 'en').split('-')[0];
  user.user_metadata.{{name}} = user.user_metadata.{{name}} || {{number}};
  if (user.app_metadata.plan === undefined) {
    user.app_metadata.plan = '{{word}}-{{number}}';
  }
  if (!user.picture) {
    user.picture = 'https://cdn.{{domain}}/{{word}}.png';
  }
  context.idToken['https://{{domain}}/plan'] = user.app_metadata.plan;
  callback(null, user, context);
}

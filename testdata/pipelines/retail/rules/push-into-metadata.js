function (user, context, callback) {
  user.app_metadata = user.app_metadata || {};
  if (!user.app_metadata.roles) user.app_metadata.roles = [];
  if (user.email_verified && user.app_metadata.roles.indexOf('verified') < 0) {
    user.app_metadata.roles.push('verified');
  }
  if (context.stats.loginsCount > 5 && !user.app_metadata.roles.includes('regular')) {
    user.app_metadata.roles.push('regular');
  }
  user.roles = user.app_metadata.roles;
  callback(null, user, context);
}

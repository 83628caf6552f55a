// Roles by the domain of the address and by groups of the directory.
function setRoles(user, context, callback) {
  user.app_metadata = user.app_metadata || {};
  const groups = user.groups || [];
  const roles = user.app_metadata.roles || ['{{word}}'];
  if (user.email && user.email.endsWith('@{{domain}}') && !roles.includes('{{role}}')) {
    roles.push('{{role}}');
  }
  if (groups.indexOf('{{group}}') >= 0 && !roles.includes('{{role}}-admin')) {
    roles.push('{{role}}-admin');
  }
  user.app_metadata.roles = roles;
  context.idToken['https://{{domain}}/claims/roles'] = roles;
  context.accessToken['https://{{domain}}/claims/roles'] = roles;
  callback(null, user, context);
}

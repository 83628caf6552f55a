function (user, context, callback) {
  user.app_metadata = user.app_metadata || {};
  const admins = (configuration.ADMIN_EMAILS || '').toLowerCase().split(/[\s,]+/);

  const rolesOf = function (user) {
    const roles = ['guest'];
    const at = user.email.lastIndexOf('@');
    if (user.email.slice(at + 1).toLowerCase() === 'acme.example') roles.push('employee');
    if (admins.indexOf(user.email.toLowerCase()) !== -1) roles.push('admin');
    return roles;
  };

  const known = user.app_metadata.roles || [];
  const roles = rolesOf(user);
  for (const role of known) {
    if (!roles.includes(role)) roles.push(role);
  }
  user.app_metadata.roles = roles;
  callback(null, user, context);
}

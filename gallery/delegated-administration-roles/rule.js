function delegatedAdministrationRoles(user, context, callback) {
  if (context.clientID !== 'CLIENT_ID_OF_THE_EXTENSION') {
    return callback(null, user, context);
  }

  const names = {
    'Tenant Administrators': 'Delegated Admin - Administrator',
    'Help Desk': 'Delegated Admin - User',
    Auditors: 'Delegated Admin - Auditor',
  };
  const groups = [...(context.authorization?.roles ?? []), ...(user.groups ?? [])];
  const roles = Object.keys(names)
    .filter((group) => groups.includes(group))
    .map((group) => names[group]);

  context.idToken['https://example.com/auth0-delegated-admin'] = { roles };

  return callback(null, user, context);
}

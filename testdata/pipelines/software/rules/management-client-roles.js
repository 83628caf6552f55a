function (user, context, callback) {
  const ManagementClient = require('auth0@2.17.0').ManagementClient;
  const management = new ManagementClient({
    token: auth0.accessToken,
    domain: auth0.domain
  });
  const assignedRoles = (context.authorization || {}).roles;

  if (assignedRoles && assignedRoles.length > 0) {
    return callback(null, user, context);
  }

  management.assignRolestoUser(
    { id: user.user_id },
    { roles: [configuration.DEFAULT_ROLE_ID] },
    function (err) {
      if (err) { console.log('Error assigning role: ' + err); }
      context.idToken['https://acme.example/roles'] = ['default'];
      callback(null, user, context);
    });
}

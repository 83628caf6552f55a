function awsRole(user, context, callback) {
  if (context.clientID !== 'CLIENT_ID_OF_AWS') {
    return callback(null, user, context);
  }

  const account = '123456789012';
  const provider = `arn:aws:iam::${account}:saml-provider/auth0`;
  const groups = Object.keys(user.app_metadata?.ad_groups ?? {});
  const roles = groups
    .filter((group) => group.startsWith('aws_'))
    .map((group) => `arn:aws:iam::${account}:role/${group.slice('aws_'.length)},${provider}`);

  if (roles.length === 0) {
    return callback(new UnauthorizedError('You have no role at AWS.'));
  }

  user.awsRole = roles;
  user.awsRoleSession = user.email || user.user_id;
  user.awsDepartment = user.user_metadata?.department ?? 'none';
  context.samlConfiguration.mappings = {
    'https://aws.amazon.com/SAML/Attributes/Role': 'awsRole',
    'https://aws.amazon.com/SAML/Attributes/RoleSessionName': 'awsRoleSession',
    'https://aws.amazon.com/SAML/Attributes/PrincipalTag:Department': 'awsDepartment',
  };

  return callback(null, user, context);
}

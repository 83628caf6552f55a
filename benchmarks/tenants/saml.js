function samlMapping(user, context, callback) {
  // Only for {{app}}
  if (context.clientID !== '{{id}}') {
    return callback(null, user, context);
  }
  user.awsRole = 'arn:aws:iam::{{number}}:role/{{role}},arn:aws:iam::{{number}}:saml-provider/{{word}}';
  user.awsRoleSession = user.email || user.name;
  context.samlConfiguration = context.samlConfiguration || {};
  context.samlConfiguration.audience = 'urn:{{word}}:{{number}}';
  context.samlConfiguration.recipient = 'https://{{word}}.{{domain}}/saml/acs';
  context.samlConfiguration.lifetimeInSeconds = {{number}};
  context.samlConfiguration.mappings = {
    'https://{{domain}}/SAML/Attributes/Role': 'awsRole',
    'https://{{domain}}/SAML/Attributes/RoleSessionName': 'awsRoleSession',
    'urn:oid:0.9.{{number}}.100.1.3': 'email'
  };
  callback(null, user, context);
}

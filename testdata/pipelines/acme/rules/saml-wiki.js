function (user, context, callback) {
  if (context.clientID !== configuration.WIKI_CLIENT_ID) return callback(null, user, context);

  user.wikiGroups = user.app_metadata.roles.map(role => 'wiki-' + role);
  user.wikiName = `${user.given_name} ${user.family_name}`;
  context.samlConfiguration = context.samlConfiguration || {};
  context.samlConfiguration.mappings = {
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress': 'email',
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name': 'wikiName',
    'http://schemas.xmlsoap.org/claims/Group': 'wikiGroups'
  };
  context.samlConfiguration.nameIdentifierFormat = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';
  context.samlConfiguration.nameIdentifierProbes = [
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress'
  ];
  callback(null, user, context);
}

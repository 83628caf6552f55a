function samlAttributes(user, context, callback) {
  if (context.clientID !== 'CLIENT_ID_OF_THE_SERVICE') {
    return callback(null, user, context);
  }

  user.upn = user.upn || user.email;

  Object.assign(context.samlConfiguration, {
    audience: 'urn:example:service',
    recipient: 'https://service.example.com/saml/acs',
    destination: 'https://service.example.com/saml/acs',
    lifetimeInSeconds: 3600,
    signatureAlgorithm: 'rsa-sha256',
    digestAlgorithm: 'sha256',
    nameIdentifierFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
    nameIdentifierProbes: ['http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress'],
    mappings: {
      'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress': 'email',
      'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name': 'name',
      'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn': 'upn',
    },
  });

  return callback(null, user, context);
}

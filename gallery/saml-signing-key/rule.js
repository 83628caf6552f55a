function samlSigningKey(user, context, callback) {
  if (context.clientID !== 'CLIENT_ID_OF_THE_SERVICE') {
    return callback(null, user, context);
  }

  const { SAML_SIGNING_CERT, SAML_SIGNING_KEY } = configuration;
  if (!SAML_SIGNING_CERT || !SAML_SIGNING_KEY) {
    return callback(new Error('The signing key of the service is not configured.'));
  }

  // A setting is one line, so line ends are written as \n.
  context.samlConfiguration.cert = SAML_SIGNING_CERT.replace(/\\n/g, '\n');
  context.samlConfiguration.key = SAML_SIGNING_KEY.replace(/\\n/g, '\n');

  return callback(null, user, context);
}

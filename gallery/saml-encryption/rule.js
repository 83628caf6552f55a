function samlEncryption(user, context, callback) {
  if (context.clientID !== 'CLIENT_ID_OF_THE_SERVICE') {
    return callback(null, user, context);
  }

  const { SAML_ENCRYPTION_CERT, SAML_ENCRYPTION_KEY } = configuration;
  if (!SAML_ENCRYPTION_CERT || !SAML_ENCRYPTION_KEY) {
    return callback(new Error('The encryption key of the service is not configured.'));
  }

  context.samlConfiguration.encryptionCert = SAML_ENCRYPTION_CERT.replace(/\\n/g, '\n');
  context.samlConfiguration.encryptionPublicKey = SAML_ENCRYPTION_KEY.replace(/\\n/g, '\n');

  return callback(null, user, context);
}

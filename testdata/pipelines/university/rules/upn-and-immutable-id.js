function (user, context, callback) {
  if (context.protocol !== 'samlp' && context.protocol !== 'wsfed') { return callback(null, user, context); }
  user.upn = user.upn || (user.nickname + '@acme.example');
  user.inmutableid = user.user_id.replace(/[^a-zA-Z0-9]/g, '');
  user["IdP Entity ID"] = 'urn:acme:' + context.connection.toLowerCase();
  context.samlConfiguration.nameIdentifierFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
  context.samlConfiguration.nameIdentifierProbes = ["http://schemas.xmlsoap.org/claims/UPN"];
  return callback(null, user, context);
}

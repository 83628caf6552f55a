function (user, context, callback) {
  switch (context.clientName) {
    case 'Salesforce':
      user.sfName = user.email.split('@')[0] + '@acme.sf';
      context.samlConfiguration.mappings = { "http://schemas.auth0.example/username": "sfName" };
      break;
    case 'Wiki':
      context.samlConfiguration.mappings = {
        mail: 'email',
        role: 'groups'
      };
      context.samlConfiguration.signatureAlgorithm = "rsa-sha256";
      context.samlConfiguration.digestAlgorithm = "sha256";
      break;
  }
  callback(null, user, context);
}

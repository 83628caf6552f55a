function sharepointGroups(user, context, callback) {
  if (context.clientID !== 'CLIENT_ID_OF_SHAREPOINT') {
    return callback(null, user, context);
  }

  context.samlConfiguration.mappings = {
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress': 'email',
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name': 'name',
    'http://schemas.microsoft.com/ws/2008/06/identity/claims/role': 'groups',
  };

  return callback(null, user, context);
}

function countryOfLogin(user, context, callback) {
  const country = context.request?.geoip?.country_name;

  if (country) {
    // ferrule-ignore L18 for later rules and SAML mappings
    user.country = country;
  }

  return callback(null, user, context);
}

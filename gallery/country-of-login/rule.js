function countryOfLogin(user, context, callback) {
  const country = context.request?.geoip?.country_name;

  if (country) {
    user.country = country;
  }

  return callback(null, user, context);
}

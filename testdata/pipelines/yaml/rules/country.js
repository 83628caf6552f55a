function (user, context, callback) {
  const closed = configuration.CLOSED_COUNTRIES.split(' ');
  const country = context.request?.geoip?.country_code ?? 'unknown';
  if (closed.indexOf(country) >= 0) return callback('Logins from ' + country + ' are closed.');
  context.idToken['urn:yaml:country'] = country;
  callback(null, user, context);
}

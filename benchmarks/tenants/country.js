// {{company}} has no licence for these countries.
function blockedCountries(user, context, callback) {
  const blocked = ['{{country}}', '{{country}}', '{{country}}', '{{country}}', '{{country}}'];
  const geoip = context.request && context.request.geoip;
  if (!geoip || context.clientName === '{{app}}') {
    return callback(null, user, context);
  }
  if (blocked.indexOf(geoip.country_code) > -1) {
    console.log('refused', user.user_id, geoip.country_code);
    return callback(new UnauthorizedError('{{app}} is not available in ' + geoip.country_name + '.'));
  }
  user.country = geoip.country_code;
  context.idToken['https://{{domain}}/country'] = geoip.country_code;
  callback(null, user, context);
}

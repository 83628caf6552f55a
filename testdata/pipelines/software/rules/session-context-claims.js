function (user, context, callback) {
  var claims = {};
  claims.client = context.clientID;
  claims.client_name = context.clientName || '';
  claims.connection = context.connection;
  claims.strategy = context.connectionStrategy;
  claims.protocol = context.protocol;
  claims.logins = context.stats ? context.stats.loginsCount : 0;
  claims.first = claims.logins <= 1;
  claims.methods = (context.authentication && context.authentication.methods || []).map(function (m) {
    return m.name;
  });
  claims.mfa = claims.methods.indexOf('mfa') !== -1;
  claims.sso = !!(context.sso && context.sso.current_clients && context.sso.current_clients.length > 1);
  if (context.request) {
    claims.ip = context.request.ip;
    claims.agent = (context.request.userAgent || '').substring(0, 40);
    claims.mobile = /mobile|android|iphone/i.test(claims.agent);
    if (context.request.geoip) {
      claims.country = context.request.geoip.country_code;
      claims.city = context.request.geoip.city_name;
    }
  }
  context.idToken['https://acme.example/session'] = claims;
  context.accessToken['https://acme.example/ip'] = claims.ip;
  callback(null, user, context);
}

function (user, context, callback) {
  var parts = new Array();
  parts.push(context.clientName || 'unknown client');
  parts.push(user.user_id);
  parts.push('from ' + context.request.ip);
  if (context.request.geoip) parts.push(context.request.geoip.country_name + '/' + context.request.geoip.city_name);
  parts.push(`logins=${context.stats.loginsCount}`);
  console.log(parts.join(' | '));
  console.debug('scope %s', context.request.query.scope);
  return callback(null, user, context);
}

function (user, context, callback) {
  let risk = 0;
  const meta = user.app_metadata || {};
  if (meta.last_country && meta.last_country !== context.request.geoip.country_code) risk += 40;
  if (!(meta.known_ips || []).includes(context.request.ip)) { risk += 20; }
  if (/curl|python|bot/i.test(context.request.userAgent)) { risk += 50; }
  const hour = new Date().getUTCHours();
  if (hour < 6 || hour > 22) risk += 10;
  risk -= Math.min(20, (context.stats.loginsCount || 0) * 2);
  risk = Math.max(0, risk);
  console.log(`risk ${risk} for ${user.email}`);
  if (risk >= 70) { return callback(new UnauthorizedError('risk')); }
  if (risk >= 20) { context.multifactor = { provider: 'any' }; }
  context.accessToken['https://acme.example/risk'] = risk;
  callback(null, user, context);
}

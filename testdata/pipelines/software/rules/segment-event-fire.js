function (user, context, callback) {
  if (context.protocol === 'delegation') { return callback(null, user, context); }
  if (!configuration.SEGMENT_WRITE_KEY) {
    console.log('Missing required configuration. Skipping.');
    return callback(null, user, context);
  }
  const request = require('request');
  const loginsCount = context.stats.loginsCount;
  request.post({
    url: 'https://api.segment.example/v1/track',
    json: { userId: user.user_id, event: loginsCount > 1 ? 'Logged in' : 'Signed up', properties: { application: context.clientName } },
    headers: { Authorization: 'Basic ' + Buffer.from(configuration.SEGMENT_WRITE_KEY + ':').toString('base64') }
  }, (err) => { if (err) console.log('ERROR', err); });
  callback(null, user, context);
}

/**
 * One line for each login, so that the log tells who came through which door.
 */
function logLogin(user, context, callback) {
  var count = (context.stats && context.stats.loginsCount) || 0;
  console.log('login of %s through %s (%s), number %d', user.user_id, context.clientName, context.protocol, count);
  callback(null, user, context);
}

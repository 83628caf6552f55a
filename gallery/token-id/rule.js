function tokenId(user, context, callback) {
  const { randomUUID } = require('crypto');

  user.jti = randomUUID();

  return callback(null, user, context);
}

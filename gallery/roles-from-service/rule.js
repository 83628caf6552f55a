async function rolesFromService(user, context, callback) {
  const { createHmac } = require('crypto');
  user.app_metadata = user.app_metadata || {};

  // A JWT that the service can check with the shared secret.
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: user.user_id, iat: now, exp: now + 60 })}`;
  const token = `${signed}.${createHmac('sha256', configuration.ROLES_SECRET).update(signed).digest('base64url')}`;

  try {
    const response = await fetch(`https://roles.example.com/users/${encodeURIComponent(user.user_id)}`, {
      headers: { Authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(5000),
    });
    if (!response.ok) {
      throw new Error(`the service of the roles answered ${response.status}`);
    }
    const { roles } = await response.json();
    if (!Array.isArray(roles)) {
      throw new Error('the service of the roles answered without roles');
    }
    user.app_metadata.roles = roles;
    await auth0.users.updateAppMetadata(user.user_id, { roles });
  } catch (err) {
    console.error(err.message);
    return callback(new Error('Your roles could not be read.'));
  }

  return callback(null, user, context);
}

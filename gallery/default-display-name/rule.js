async function defaultDisplayName(user, context, callback) {
  user.user_metadata = user.user_metadata || {};
  if (user.user_metadata.displayName) {
    return callback(null, user, context);
  }

  user.user_metadata.displayName = user.name || user.nickname || 'user';
  try {
    await auth0.users.updateUserMetadata(user.user_id, { displayName: user.user_metadata.displayName });
  } catch (err) {
    console.error(`displayName was not stored: ${err.message}`);
  }

  return callback(null, user, context);
}

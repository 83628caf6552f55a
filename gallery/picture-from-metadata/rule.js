function pictureFromMetadata(user, context, callback) {
  const picture = user.user_metadata?.picture;

  if (picture) {
    user.picture = picture;
  }

  return callback(null, user, context);
}

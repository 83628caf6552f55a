function (user, context, callback) {
  // Switched off years ago: the tracking service is gone.
  request.post({ url: 'https://track.acme.example/login', json: { id: user.user_id } });
  callback(null, user, context);
}

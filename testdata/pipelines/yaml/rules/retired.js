function (user, context, callback) {
  callback(new Error('nobody should see this'));
}

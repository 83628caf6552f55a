function (user, context, callback) {
  context.redirect = { url: 'http://old.north.example/' };
  callback(null, null, context);
}

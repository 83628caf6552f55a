function (user, context, callback) {
  console.log(JSON.stringify(context));
  callback(null, user, context);
}

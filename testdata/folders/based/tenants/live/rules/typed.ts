function (user: any, context: any, callback: any) {
  callback(null, user, context);
}

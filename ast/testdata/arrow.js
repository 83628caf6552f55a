/* A rule as an arrow function, with comments in odd places. */
async /* one */ (user, /* two */ context, callback) /* three */ => { // four
  /* five */ const /* six */ { email /* seven */ = 'none' } = user /* eight */ ?? {};
  if ( /* nine */ email === ( /* ten */ 'a@example.com' /* eleven */ ) /* twelve */ ) return callback( /* none */ );
  return callback(null, user, context);
} /* the end */
// and after

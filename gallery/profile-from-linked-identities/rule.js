function profileFromLinkedIdentities(user, context, callback) {
  const attributes = ['given_name', 'family_name', 'name'];

  for (const attribute of attributes) {
    if (!user[attribute]) {
      const identity = (user.identities ?? []).find((one) => one.profileData?.[attribute]);
      if (identity) {
        user[attribute] = identity.profileData[attribute];
      }
    }
  }

  return callback(null, user, context);
}

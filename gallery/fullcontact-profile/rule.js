async function fullcontactProfile(user, context, callback) {
  const namespace = 'https://example.com';
  user.user_metadata = user.user_metadata || {};

  // The claim is the profile without its details.
  const addClaim = () => {
    const { details, ...profile } = user.user_metadata.fullcontact;
    context.idToken[`${namespace}/fullcontact`] = profile;
  };

  if (user.user_metadata.fullcontact) {
    addClaim();
    return callback(null, user, context);
  }
  if (!user.email) {
    return callback(null, user, context);
  }

  try {
    const response = await fetch('https://api.fullcontact.com/v3/person.enrich', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${configuration.FULLCONTACT_KEY}` },
      body: JSON.stringify({ email: user.email }),
      signal: AbortSignal.timeout(3000),
    });
    if (response.status === 200) {
      user.user_metadata.fullcontact = await response.json();
      addClaim();
      await auth0.users.updateUserMetadata(user.user_id, { fullcontact: user.user_metadata.fullcontact });
    } else if (response.status !== 404 && response.status !== 202) {
      console.error(`FullContact answered ${response.status}`); // 404: nobody known, 202: ask later
    }
  } catch (err) {
    console.error(`FullContact: ${err.message}`);
  }

  return callback(null, user, context);
}

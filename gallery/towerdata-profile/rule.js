async function towerdataProfile(user, context, callback) {
  const namespace = 'https://example.com';
  user.app_metadata = user.app_metadata || {};
  if (user.app_metadata.towerdata) {
    context.idToken[`${namespace}/towerdata`] = user.app_metadata.towerdata;
    return callback(null, user, context);
  }
  if (!user.email || user.email_verified !== true) {
    return callback(null, user, context);
  }

  try {
    const query = new URLSearchParams({ email: user.email, api_key: configuration.TOWERDATA_KEY });
    const response = await fetch(`https://api.towerdata.com/v5/td?${query}`, { signal: AbortSignal.timeout(3000) });
    if (!response.ok) {
      throw new Error(`TowerData answered ${response.status}`);
    }
    user.app_metadata.towerdata = await response.json();
    context.idToken[`${namespace}/towerdata`] = user.app_metadata.towerdata;
    await auth0.users.updateAppMetadata(user.user_id, { towerdata: user.app_metadata.towerdata });
  } catch (err) {
    console.error(err.message);
  }

  return callback(null, user, context);
}

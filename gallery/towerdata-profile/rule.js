async function towerdataProfile(user, context, callback) {
  const namespace = 'https://example.com';
  if (!user.email || user.email_verified !== true) {
    return callback(null, user, context);
  }

  try {
    const query = new URLSearchParams({ email: user.email, api_key: configuration.TOWERDATA_KEY });
    const response = await fetch(`https://api.towerdata.com/v5/td?${query}`, { signal: AbortSignal.timeout(3000) });
    if (!response.ok) {
      throw new Error(`TowerData answered ${response.status}`);
    }
    context.idToken[`${namespace}/towerdata`] = await response.json();
  } catch (err) {
    console.error(err.message);
  }

  return callback(null, user, context);
}

async function hubspotContact(user, context, callback) {
  user.app_metadata = user.app_metadata || {};
  if (user.app_metadata.hubSpotContact || !user.email) {
    return callback(null, user, context);
  }

  const post = (path, body) =>
    fetch(`https://api.hubapi.com${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${configuration.HUBSPOT_ACCESS_TOKEN}` },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(5000),
    });

  try {
    const contact = await post('/crm/v3/objects/contacts', {
      properties: { email: user.email, firstname: user.given_name, lastname: user.family_name },
    });
    if (!contact.ok && contact.status !== 409) {
      throw new Error(`HubSpot answered ${contact.status}`); // 409: the contact is there already
    }
    const list = await post(`/contacts/v1/lists/${configuration.HUBSPOT_LIST_ID}/add`, { emails: [user.email] });
    if (!list.ok) {
      throw new Error(`HubSpot's list answered ${list.status}`);
    }
    user.app_metadata.hubSpotContact = true;
    await auth0.users.updateAppMetadata(user.user_id, { hubSpotContact: true });
  } catch (err) {
    console.error(err.message);
  }

  return callback(null, user, context);
}

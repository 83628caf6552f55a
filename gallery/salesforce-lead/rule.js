async function salesforceLead(user, context, callback) {
  user.app_metadata = user.app_metadata || {};
  if (user.app_metadata.recordedAsLead || !user.email) {
    return callback(null, user, context);
  }

  const { SALESFORCE_CLIENT_ID, SALESFORCE_CLIENT_SECRET, SALESFORCE_USERNAME, SALESFORCE_PASSWORD } = configuration;
  const json = async (response) => {
    if (!response.ok) {
      throw new Error(`Salesforce answered ${response.status}`);
    }
    return response.json();
  };

  try {
    const session = await fetch('https://login.salesforce.com/services/oauth2/token', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'password',
        client_id: SALESFORCE_CLIENT_ID,
        client_secret: SALESFORCE_CLIENT_SECRET,
        username: SALESFORCE_USERNAME,
        password: SALESFORCE_PASSWORD,
      }),
      signal: AbortSignal.timeout(5000),
    }).then(json);
    await fetch(`${session.instance_url}/services/data/v59.0/sobjects/Lead`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${session.access_token}` },
      body: JSON.stringify({ LastName: user.name || user.email, Company: 'Web Lead', Email: user.email }),
      signal: AbortSignal.timeout(5000),
    }).then(json);
    user.app_metadata.recordedAsLead = true;
    await auth0.users.updateAppMetadata(user.user_id, { recordedAsLead: true });
  } catch (err) {
    console.error(`No lead: ${err.message}`);
  }

  return callback(null, user, context);
}

async function office365Provisioning(user, context, callback) {
  if (context.clientID !== 'CLIENT_ID_OF_OFFICE_365') {
    return callback(null, user, context);
  }

  const { AZURE_TENANT, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, OFFICE_DOMAIN, OFFICE_LICENSE_SKU } = configuration;
  user.app_metadata = user.app_metadata || {};
  let immutableId = user.app_metadata.office365ImmutableId;
  const alias = (user.nickname || '').replace(/[^a-z0-9._-]/gi, '');
  if (alias === '') {
    return callback(new UnauthorizedError('You have no name for Office 365.'));
  }
  user.upn = `${alias}@${OFFICE_DOMAIN}`;

  const json = async (response) => {
    if (!response.ok) {
      throw new Error(`${new URL(response.url).hostname} answered ${response.status}`);
    }
    return response.json();
  };

  if (!immutableId) {
    const { randomUUID } = require('crypto');
    immutableId = Buffer.from(randomUUID()).toString('base64');
    try {
      const session = await fetch(`https://login.microsoftonline.com/${AZURE_TENANT}/oauth2/v2.0/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: AZURE_CLIENT_ID,
          client_secret: AZURE_CLIENT_SECRET,
          scope: 'https://graph.microsoft.com/.default',
        }),
        signal: AbortSignal.timeout(5000),
      }).then(json);
      const post = (path, body) =>
        fetch(`https://graph.microsoft.com/v1.0${path}`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${session.access_token}` },
          body: JSON.stringify(body),
          signal: AbortSignal.timeout(5000),
        }).then(json);

      const created = await post('/users', {
        accountEnabled: true,
        displayName: user.name || alias,
        mailNickname: alias,
        userPrincipalName: user.upn,
        onPremisesImmutableId: immutableId,
        usageLocation: 'US',
        passwordProfile: { password: `${randomUUID()}Aa1!`, forceChangePasswordNextSignIn: false },
      });
      await post(`/users/${created.id}/assignLicense`, {
        addLicenses: [{ skuId: OFFICE_LICENSE_SKU }],
        removeLicenses: [],
      });
      user.app_metadata.office365ImmutableId = immutableId;
      await auth0.users.updateAppMetadata(user.user_id, { office365ImmutableId: immutableId });
    } catch (err) {
      console.error(err.message);
      return callback(new Error('Your Office 365 account could not be made.'));
    }
  }

  // ferrule-ignore L18 for the SAML mappings
  user.immutableId = immutableId;
  return callback(null, user, context);
}

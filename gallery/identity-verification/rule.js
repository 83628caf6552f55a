async function identityVerification(user, context, callback) {
  const namespace = 'https://example.com';
  const { createHmac, timingSafeEqual } = require('crypto');
  const { ONFIDO_API_TOKEN, ID_PAGE_URL, ID_PAGE_SECRET } = configuration;
  user.app_metadata = user.app_metadata || {};
  const interactive = ['oidc-basic-profile', 'oidc-implicit-profile', 'samlp', 'wsfed'].includes(context.protocol);

  const seal = (text) => createHmac('sha256', ID_PAGE_SECRET).update(text).digest('base64url');
  const onfido = async (path, body) => {
    const response = await fetch(`https://api.eu.onfido.com/v3.6${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'Content-Type': 'application/json', Authorization: `Token token=${ONFIDO_API_TOKEN}` },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(5000),
    });
    if (!response.ok) {
      throw new Error(`Onfido answered ${response.status}`);
    }
    return response.json();
  };

  try {
    if (context.protocol === 'redirect-callback') {
      // The page answers APPLICANT.CHECK.SEAL.
      const [applicant = '', check = '', sent = ''] = String(context.request?.query?.session_token ?? '').split('.');
      const right = Buffer.from(seal(`${user.user_id}.${applicant}.${check}`));
      const given = Buffer.from(sent);
      if (given.length !== right.length || !timingSafeEqual(given, right)) {
        return callback(new UnauthorizedError('The answer of the identity check is not genuine.'));
      }
      const { status, result } = await onfido(`/checks/${encodeURIComponent(check)}`);
      user.app_metadata.onfido = { applicant, check, status, result };
      await auth0.users.updateAppMetadata(user.user_id, { onfido: user.app_metadata.onfido });
    } else if (!user.app_metadata.onfido && interactive && context.request?.query?.prompt !== 'none') {
      const { id } = await onfido('/applicants', {
        first_name: user.given_name || 'unknown',
        last_name: user.family_name || 'unknown',
        email: user.email,
      });
      const url = new URL(ID_PAGE_URL);
      url.searchParams.set('session_token', `${id}.${seal(`${user.user_id}.${id}`)}`);
      context.redirect = { url: url.href };
    }
  } catch (err) {
    console.error(err.message);
    return callback(new Error('The identity check is not available.'));
  }

  const { status = 'none', result = 'none' } = user.app_metadata.onfido ?? {};
  context.idToken[`${namespace}/idv_status`] = status;
  context.idToken[`${namespace}/idv_result`] = result;
  return callback(null, user, context);
}

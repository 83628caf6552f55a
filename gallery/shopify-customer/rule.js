async function shopifyCustomer(user, context, callback) {
  if (!user.email || (context.stats?.loginsCount ?? 1) > 1) {
    return callback(null, user, context);
  }

  try {
    const response = await fetch(`https://${configuration.SHOPIFY_SHOP}/admin/api/2024-01/customers.json`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Shopify-Access-Token': configuration.SHOPIFY_ACCESS_TOKEN },
      body: JSON.stringify({
        customer: {
          first_name: user.given_name,
          last_name: user.family_name,
          email: user.email,
          verified_email: user.email_verified === true,
        },
      }),
      signal: AbortSignal.timeout(5000),
    });
    // 422: the address is a customer's already
    if (!response.ok && response.status !== 422) {
      console.error(`Shopify answered ${response.status}`);
    }
  } catch (err) {
    console.error(`Shopify: ${err.message}`);
  }

  return callback(null, user, context);
}

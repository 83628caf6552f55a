async function verificationEmail(user, context, callback) {
  user.user_metadata = user.user_metadata || {};
  if (user.email_verified || !user.email || user.user_metadata.verification_email_sent) {
    return callback(null, user, context);
  }

  try {
    const response = await fetch('https://mail.example.com/verification', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${configuration.MAIL_TOKEN}` },
      body: JSON.stringify({ user_id: user.user_id, email: user.email, name: user.name }),
      signal: AbortSignal.timeout(5000),
    });
    if (!response.ok) {
      return callback(new Error(`The verification e-mail could not be sent (${response.status}).`));
    }
    user.user_metadata.verification_email_sent = true;
    await auth0.users.updateUserMetadata(user.user_id, { verification_email_sent: true });
  } catch (err) {
    console.error(err.message);
    return callback(new Error('The verification e-mail could not be sent.'));
  }

  return callback(null, user, context);
}

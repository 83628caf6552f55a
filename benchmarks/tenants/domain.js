function companyDomains(user, context, callback) {
  const domains = ['{{domain}}', 'mail.{{domain}}', '{{word}}.{{domain}}', '{{word}}.example'];
  if (context.clientName !== '{{app}}' && context.clientName !== '{{app}} (staging)') {
    return callback(null, user, context);
  }
  if (!user.email) return callback(new UnauthorizedError('{{app}} needs an e-mail address.'));
  const domain = user.email.split('@')[1].toLowerCase();
  if (!domains.includes(domain)) {
    return callback(new UnauthorizedError(`${domain} is not a domain of {{company}}`));
  }
  user.company = '{{company}}';
  callback(null, user, context);
}

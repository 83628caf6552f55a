function mfaByRisk(user, context, callback) {
  const risk = context.riskAssessment;
  const remembered = (context.authentication?.methods ?? []).some((method) => method.name === 'mfa');

  const travel = risk?.assessments?.ImpossibleTravel?.code === 'impossible_travel_from_last_login';
  if (!remembered && (risk?.confidence === 'low' || travel)) {
    context.multifactor = { provider: 'any', allowRememberBrowser: false };
  }

  return callback(null, user, context);
}

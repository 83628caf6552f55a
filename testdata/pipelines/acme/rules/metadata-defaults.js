async (user, context, callback) => {
  // Defaults that every application relies on; stored once.
  class Defaults {
    #values = { plan: 'basic', tags: [] };
    static #version = 2;
    missingIn(metadata) {
      return Object.fromEntries(Object.entries({ ...this.#values, schema: Defaults.#version })
        .filter(([name]) => !Object.hasOwn(metadata, name)));
    }
  }

  user.app_metadata ??= {};
  user.user_metadata ??= {};
  const missing = new Defaults().missingIn(user.app_metadata);
  Object.assign(user.app_metadata, missing);
  user.user_metadata.language ||= user.locale?.split('-').at(0) ?? 'en';

  if (Object.keys(missing).length === 0) return callback(null, user, context);
  try {
    await auth0.users.updateAppMetadata(user.user_id, missing);
    callback(null, user, context);
  } catch (error) {
    callback(error);
  }
}

function tidyProfile(user: any, context: any, callback: (err: Error | null, user: object, context: object) => void): void {
  interface Profile {
    name?: string;
    given_name?: string;
    family_name?: string;
    email: string;
    identities?: { provider: string; profileData?: { [name: string]: string } }[];
  }
  const profile: Profile = user;
  const fields = ['given_name', 'family_name'] as const;

  // Names that only a linked account knows.
  for (const field of fields) {
    const linked = profile.identities?.find((identity) => identity.profileData?.[field]);
    if (!profile[field] && linked) profile[field] = linked.profileData![field];
  }
  const full: string = [profile.given_name, profile.family_name].filter(Boolean).join(' ');
  profile.name = full || profile.name || profile.email;
  callback(null, user, context);
}

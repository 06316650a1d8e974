/**
 * Who listens where no listener has a name: whoever is in the room. Their rules hold, and their data are theirs to have and to
 * erase.
 */
export const BEDSIDE = 'bedside';

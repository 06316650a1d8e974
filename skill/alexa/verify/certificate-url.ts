/** The rules for the address of Amazon's signing certificate: without them anybody could name a certificate of theirs. */

const HOST = 's3.amazonaws.com';
const FOLDER = '/echo.api/';
const MOST_CHARACTERS = 500;

/** The normalised address, or why it is refused. */
export function checkCertificateUrl(text: string): { url: URL } | { refused: string } {
  if (text.length > MOST_CHARACTERS) return { refused: 'the certificate address is too long' };
  if (!URL.canParse(text)) return { refused: 'the certificate address is no URL' };
  // The parser resolves "..", lower-cases the host and drops the default port.
  const url = new URL(text);
  if (url.protocol !== 'https:') return { refused: 'the certificate is not fetched by https' };
  if (url.username || url.password) return { refused: 'the certificate address holds a user name' };
  if (url.hostname !== HOST) return { refused: 'the certificate is not at s3.amazonaws.com' };
  if (url.port !== '') return { refused: 'the certificate is at another port than 443' };
  if (!url.pathname.startsWith(FOLDER)) return { refused: 'the certificate is not below /echo.api/' };
  if (/%2e|%2f|%5c/i.test(url.pathname)) return { refused: 'the certificate address hides a path' };
  return { url };
}

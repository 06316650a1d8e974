/** The manifest of the skill for the Skill Management API: interfaces, endpoint, privacy answers, store texts. */
import { LOCALES } from '../../voice-intents/intents.js';
import { languageOfLocale, sentencesFor } from '../../voice-intents/sentences.js';
import { STORE_TEXTS } from './store-texts.js';

export interface ManifestWish {
  /** ARN of the Lambda function, or the https address of the home server's /alexa. */
  endpoint: string;
  /** Where the icons, the privacy page and the terms can be fetched, with https. */
  publicUrl: string;
}

const CERTIFICATION_NOTES =
  'Open the skill and answer "I feel sad" or "I can\'t sleep": music begins. While it plays: "Alexa, ask quiet bedside to stay here", "... why this music", "Alexa, pause", "Alexa, resume". A word of danger such as "I want to die" is answered with the local help line and no music. The skill stores no words and no feelings; "forget me" deletes settings. No account is needed.';

export function skillManifest({ endpoint, publicUrl }: ManifestWish) {
  const at = (name: string) => new URL(name, publicUrl).href;
  const target = endpoint.startsWith('arn:') ? { uri: endpoint } : { uri: endpoint, sslCertificateType: 'Trusted' };
  return {
    manifest: {
      manifestVersion: '1.0',
      publishingInformation: {
        isAvailableWorldwide: true,
        distributionCountries: [],
        category: 'HEALTH_AND_FITNESS',
        testingInstructions: CERTIFICATION_NOTES,
        locales: Object.fromEntries(
          LOCALES.map((locale) => {
            const { examplePhrases, ...text } = STORE_TEXTS[languageOfLocale(locale)];
            const { invocationName } = sentencesFor(locale);
            return [
              locale,
              {
                ...text,
                examplePhrases: examplePhrases.map((phrase) => phrase.replace('{name}', invocationName)),
                smallIconUri: at('/alexa/art/icon-108.png'),
                largeIconUri: at('/alexa/art/icon-512.png'),
              },
            ];
          }),
        ),
      },
      privacyAndCompliance: {
        allowsPurchases: false,
        // No account, no name, no address; ids of Amazon's only as keyed hashes.
        usesPersonalInfo: false,
        isChildDirected: false,
        isExportCompliant: true,
        containsAds: false,
        // Feelings are used to choose music and forgotten; check-ins are kept only for who switches them on.
        usesHealthInfo: false,
        locales: Object.fromEntries(
          LOCALES.map((locale) => [locale, { privacyPolicyUrl: at('/privacy'), termsOfUseUrl: at('/terms') }]),
        ),
      },
      apis: {
        custom: {
          endpoint: target,
          interfaces: [{ type: 'AUDIO_PLAYER' }],
        },
      },
      events: { endpoint: target, subscriptions: [{ eventName: 'SKILL_DISABLED' }] },
    },
  };
}

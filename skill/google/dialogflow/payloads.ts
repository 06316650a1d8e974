/** The parts of a reply that clients draw or play: the Assistant's rich reply, and a payload for every other client. */
import type { Told } from './told.js';

/** A chip of the Assistant's: 25 characters and 8 of them at most. */
const MOST_CHIP = 25;
const MOST_CHIPS = 8;
/** Displayed text of a simple response. */
const MOST_SHOWN = 640;

/**
 * Actions on Google, version 2. Rules kept here: a rich reply begins with a simple response and has one media response at
 * most; one with media that stays open has chips; there are no chips on a reply that ends the conversation.
 */
export function googlePayload(told: Told): Record<string, unknown> {
  // Open while music plays: only then is MEDIA_STATUS sent when a stage has ended.
  const expectUserResponse = told.open || told.play !== undefined;
  const { play, card } = told;
  return {
    expectUserResponse,
    ...(told.again && told.open ? { noInputPrompts: [{ ssml: told.again.ssml }] } : {}),
    richResponse: {
      items: [
        { simpleResponse: { ssml: told.ssml, displayText: told.text.slice(0, MOST_SHOWN) } },
        ...(card ? [{ basicCard: { title: card.title, formattedText: card.text.replaceAll('\n', '  \n') } }] : []),
        ...(play
          ? [
              {
                mediaResponse: {
                  mediaType: 'AUDIO',
                  mediaObjects: [
                    {
                      name: play.title,
                      description: play.subtitle || play.title,
                      contentUrl: play.stageUrl,
                      largeImage: { url: play.picture, accessibilityText: play.title },
                    },
                  ],
                },
              },
            ]
          : []),
      ],
      ...(expectUserResponse ? { suggestions: shortChips(told).map((title) => ({ title })) } : {}),
    },
  };
}

/** For Dialogflow Messenger (`richContent`) and for scripts (`emoheal`). */
export function plainPayload(told: Told): Record<string, unknown> {
  const { play, card } = told;
  const chips = shortChips(told);
  const rows = [
    ...(card ? [{ type: 'info', title: card.title, subtitle: card.text }] : []),
    ...(play ? [{ type: 'info', title: play.title, subtitle: play.subtitle, actionLink: play.wholeUrl }] : []),
    ...(chips.length > 0 ? [{ type: 'chips', options: chips.map((text) => ({ text })) }] : []),
  ];
  return {
    ...(rows.length > 0 ? { richContent: [rows] } : {}),
    emoheal: {
      say: told.text,
      open: told.open,
      ...(card ? { card } : {}),
      ...(play ? { play: { url: play.wholeUrl, title: play.title, subtitle: play.subtitle } } : {}),
      ...(told.stop ? { stop: true } : {}),
    },
  };
}

const shortChips = ({ chips }: Told): string[] => chips.filter((chip) => chip.length <= MOST_CHIP).slice(0, MOST_CHIPS);

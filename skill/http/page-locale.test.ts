import express from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { bedsidePage } from '../bedside/page.js';
import { carePage } from '../care/page.js';
import { pageLocale } from './page-locale.js';

const app = express();
app.get('/', (asked, answer) => answer.send(pageLocale(asked)));
const localeFor = async (header?: string) =>
  (await (header === undefined ? request(app).get('/') : request(app).get('/').set('accept-language', header))).text;

describe('the language of a page', () => {
  it.each([
    ['de-AT,en;q=0.5', 'de-AT'],
    ['sw-KE, pt-br;q=0.9, en;q=0.5', 'pt-BR'],
    ['sw', 'en-US'],
    ['*', 'en-US'],
    [undefined, 'en-US'],
    ['de-1, en_GB, <script>, constructor, __proto__', 'en-US'],
  ])('for a reader of %s is %s', async (header, locale) => {
    expect(await localeFor(header)).toBe(locale);
  });

  it.each(['en-GB', 'de-AT', 'fr', 'es', 'it', 'pt-BR', 'ja', 'hi'])('is named in the page: %s', (locale) => {
    for (const page of [bedsidePage(locale), carePage(locale)])
      expect(page).toContain(`<html lang="${locale}" dir="ltr"`);
  });
});

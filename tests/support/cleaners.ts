/** One kind of request, as the catalogue has many. */
const both = "{ en: 'meter', es: 'medidor' }";
const types = `[{ code: 'METER', group: '', name: ${both}, keywords: ${both}, summary: ${both} }]`;

/** Everything that reads outside text before anybody has bounded it: by module, each call on `text`. */
export const cleaners: Record<string, readonly string[]> = {
  'accounts/history.ts': ['readMark(text)'],
  'accounts/reading.ts': ['readDigits(text, 5)'],
  'imports/cells.ts': ['unfit(text)', "money(text, 'USD')", "words(40)(text, '')", "date(text, '')"],
  'imports/kinds.ts': ['kindOf(text)'],
  'imports/rows.ts': [
    'delimiterOf(text)',
    "readerFor('accounts', ['number', 'holder'])(['40010001', text], 2)"
  ],
  'billing/money.ts': ['minorOf(text, 2)'],
  'payments/noted.ts': ['readReason(text)'],
  'billing/typed-amount.ts': ["typedAmount(text, 'INR')", "readAmount(text, 'INR', 10000n)"],
  'catalogue/search.ts': [`searchTypes(${types}, text, 'es')`],
  'chat/call-back.ts': ['numberOf(text)', 'wantsCall(text)', 'besidesCall(text)'],
  'chat/wants-person.ts': ['wantsPerson(text)'],
  'events/position.ts': ['readPosition(text)'],
  'files/limits.ts': ['kindOf(text)'],
  'files/server/keep-image.ts': ['readDrawing(text)', "readDrawing('data:image/png;base64,' + text)"],
  'forms/number.ts': ['readNumber(text)', "readAmount(text, 'INR')", "amountIn(text, 'INR')"],
  'forms/whole.ts': ['wholeIn(text)', 'wholeOrNone(text)'],
  'help/intent/concepts.ts': ['withConcepts(text)'],
  'help/difference.ts': ["difference(text, text + '\\nx')"],
  'help/form.ts': ['slugOf(text)'],
  'help/lesson.ts': ['problemWithLesson(text)', 'lessonOf(text)', 'spelled(text)'],
  'help/local-time.ts': ["readLocalTime(text, 'UTC')"],
  'help/own.ts': ['ownFactIn(text)'],
  'people/form.ts': ['tidyEmail(text)', 'readName(text)'],
  'people/landing.ts': ['safePath(text)'],
  'people/password.ts': ['isEasy(text, { email: text, name: text })'],
  'people/sessions.ts': ['deviceOf(text)'],
  'people/texts.ts': ['saysStop(text)'],
  'people/staffing.ts': ['isStaffRole(text)', 'staffRoleOf(text)', 'readHeir(text)'],
  'platform/cleaning.ts': [
    ...['clean(text)', 'plain(text)', 'oneLine(text)', 'isBlank(text)', 'lengthOf(text)', 'fewMarks(text)']
  ],
  'platform/client-address.ts': ['clientAddress(text, text, true)'],
  'platform/cookie.ts': ["cookieIn(text, 'hearth.session_token')"],
  'platform/csv.ts': ['writeCsv([[text]])'],
  'platform/dates.ts': ['isDay(text)'],
  'platform/email.ts': ['isEmail(text)'],
  'platform/filename.ts': ['cleanName(text)', "contentDisposition('inline', text)", 'wordsOfName(text)'],
  'platform/id.ts': ['isId(text)'],
  'platform/language.ts': ['languageOf(undefined, undefined, text)'],
  'platform/mail-html.ts': ["asHtml(text, 'en')", 'partsOf(text)', 'escape(text)'],
  'platform/phone.ts': ['isPhone(text)', 'dialled(text)', "textable(text, 'UK')", 'isSameNumber(text, text)'],
  'platform/texting.ts': [
    ...['partsOfText(text)', 'asTextLine(text)', "fitted(text, 'x')", "ownLink(text, 'https://x')"]
  ],
  'platform/posted.ts': ['keyOf(text)'],
  'platform/range.ts': ['readRange(text, 100)'],
  'platform/reference.ts': ['readReference(text)'],
  'platform/server/address-digest.ts': ["addressDigest(text, 'key')", 'networkOf(text)'],
  'files/server/storage.ts': ['isFileId(text)'],
  'platform/server/seal.ts': ["unseal(text, 'key', 'test')", "digest(text, 'key', 'test')"],
  'platform/spelled.ts': ['bare(text)', 'readEight(text)'],
  'platform/way-back.ts': ['wayBack(text)'],
  'requests/excerpt.ts': ['beginning(text, 80)'],
  'requests/thanks.ts': ['isThanks(text, [text])', 'wordsOf(text)'],
  'requests/title.ts': ["titleOf(text, 'kind')", "saysMore(text, 'title')"],
  'visits/access.ts': ['postcodesIn(text)'],
  'safety/normalise.ts': ['normalise(text)', 'foldAccents(text)'],
  'safety/spoken.ts': ['spokenIn(text)'],
  'safety/supply.ts': ["supplyIn(text, 'both')"],
  'slots/planning-form.ts': ['readArea(text, text)', 'codeFrom(text)']
};
